internal import LDAPClient
internal import Records

/// By what an entry is known again in a later read, and how it shows that it was changed.
struct Tracking: Sendable, Equatable, Codable {
    /// The attribute with the id; `nil` where entries have none and the DN has to do (Exchange 5.5).
    var identity: String?
    /// The attribute that is another one after each change: `entryCSN`, `uSNChanged`, `modifyTimestamp`; `nil` when the server tells of
    /// changes by itself.
    var stamp: String?
    /// Stamps that are times to the second are good from here on down only: in a later second the entry may have been changed once more.
    var settledBefore: String?

    /// With the slots of a profile.
    struct Compiled {
        /// `nil` where the DN has to do.
        let identity: Int?
        let stamp: Int?
        private let settledBefore: [UInt8]?

        init(_ tracking: Tracking, _ slots: AttributeSlots) {
            identity = tracking.identity.flatMap(slots.index)
            stamp = tracking.stamp.flatMap(slots.index)
            settledBefore = tracking.settledBefore.map { Array($0.utf8) }
        }

        /// A number for the stamp: the same for the same one. 0 for a stamp that does not settle anything.
        func stamp(of text: Span<UInt8>) -> UInt64 {
            if let limit = settledBefore, !text.isBefore(limit) { return 0 }
            return max(1, Checksum.of(text))
        }
    }

    /// So many attributes of a profile can be told apart in a note.
    static let mostAttributes = 62
}

extension Span<UInt8> {
    /// Whether the bytes come before others, byte by byte.
    fileprivate func isBefore(_ other: [UInt8]) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] { return self[index] < other[index] }
        return count < other.count
    }
}

extension EntryUUID {
    /// An id made of a DN, however it is spelled, for entries that have no other.
    init(ofName dn: String) {
        let name = Array(DistinguishedName(dn).normalized.utf8)
        self.init(high: Checksum.of(name.span, seed: 1), low: Checksum.of(name.span, seed: 2))
    }

    /// The id as a filter names it: the value of `attribute`.
    func filterValue(of attribute: String) -> String {
        let digits = octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }
        switch attribute.lowercased() {
        case "objectguid":
            // The text of a GUID has the first three groups the other way round ([MS-DTYP] 2.3.4.2).
            return [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15].map { "\\" + digits[$0] }.joined()
        case "nsuniqueid": return Self.grouped(digits, [4, 4, 4, 4])
        default: return Self.grouped(digits, [4, 2, 2, 2, 6])
        }
    }

    private static func grouped(_ digits: [String], _ sizes: [Int]) -> String {
        var rest = digits[...]
        return sizes.map { size in
            defer { rest = rest.dropFirst(size) }
            return rest.prefix(size).joined()
        }.joined(separator: "-")
    }
}
