public import Records

/// Where mailboxes come from: a live server or an LDIF export. Both give the same recipients for the same directory.
public protocol DirectorySource: Sendable {
    /// Reads every recipient. Returns only for a read that ran to its end with success; everything else throws.
    ///
    /// `progress` is called now and then with what has come.
    func read(progress: (ReadProgress) -> Void) throws -> DirectorySnapshot

    /// Reads single entries again, by DN. An entry that is gone, or is no recipient any more, is not in the result. Keys are the DNs given.
    func recipients(at dns: [String]) throws -> [String: Recipient]

    /// Every entry that `name` may mean: by DN, alias, directory name, display name or address; with all attributes.
    func rawEntries(named name: String) throws -> [RawEntry]

    /// What the directory says of itself, in lines for a person; reads no recipients.
    func selfDescription() throws -> DirectoryDescription
}

/// How far a read has come.
public enum ReadProgress: Sendable {
    /// A read begins; what an earlier one gave counts no more.
    case begins
    /// So many entries have come since then; the recipients that were made of them since the last call, in their order in the snapshot.
    case came(entries: Int, recipients: [Recipient])
}

/// What a directory says of itself.
public struct DirectoryDescription: Sendable, Equatable, Codable {
    /// The server's URI, or `ldif:` and the file's name.
    public var source: String
    /// Product and version, as far as it tells.
    public var product: String
    /// The DNs under which its entries stand.
    public var namingContexts: [String]
    /// The bind name; empty for anonymous.
    public var boundAs: String
    /// As whom the server regards the account (RFC 4532); `nil` when it does not tell.
    public var identity: String?
    /// How the connection is protected.
    public var protection: String
    /// Whether the server offers paged results (RFC 2696).
    public var supportsPaging: Bool
    /// The controls that it offers, by OID.
    public var controls: [String]
}

/// One entry with everything that the directory shows of it, as raw mode does.
public struct RawEntry: Sendable, Equatable {
    /// The distinguished name.
    public var dn: String
    /// Attributes in the directory's order, each with its values' octets.
    public var attributes: [Attribute]

    /// One attribute with all its values.
    public struct Attribute: Sendable, Equatable {
        /// The attribute description, options included.
        public var name: String
        /// The values' octets, in the directory's order.
        public var values: [[UInt8]]

        /// The values as raw mode would show them: text, or what the octets stand for.
        public var shown: [String] { values.map { RawValue.text(of: $0, attribute: name) } }
    }
}

/// How the values of an entry are shown to a person.
public enum RawValue {
    /// The value as text: what is known to be a SID, GUID or time decoded, printable UTF-8 as it is, anything else in hexadecimal.
    public static func text(of value: [UInt8], attribute: String) -> String {
        switch attribute.lowercased().split(separator: ";").first {
        case "objectguid", "mailboxguid", "msexchmailboxguid": return BinaryID.text(value.span)
        case "objectsid", "assoc-nt-account", "msexchmasteraccountsid", "sidhistory": return BinaryID.sid(value) ?? hexadecimal(value)
        case "pwdlastset", "lastlogon", "lastlogontimestamp", "accountexpires", "badpasswordtime": return fileTime(value) ?? plain(value)
        default: return plain(value)
        }
    }

    private static func plain(_ value: [UInt8]) -> String {
        guard let text = String(validating: value, as: UTF8.self),
            !text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control })
        else { return hexadecimal(value) }
        return generalizedTime(text).map { "\(text) (\($0))" } ?? text
    }

    private static func hexadecimal(_ value: [UInt8]) -> String {
        "0x" + value.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// `20261122201500Z` and `20261122201500.0Z` (RFC 4517, section 3.3.13) as `2026-11-22 20:15:00 UTC`.
    private static func generalizedTime(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 15, bytes.last == UInt8(ascii: "Z"), bytes.prefix(14).allSatisfy({ (0x30...0x39).contains($0) }),
            bytes.count == 15
                || (bytes[14] == UInt8(ascii: ".") && bytes.dropFirst(15).dropLast().allSatisfy { (0x30...0x39).contains($0) })
        else { return nil }
        func part(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }
        return "\(part(0..<4))-\(part(4..<6))-\(part(6..<8)) \(part(8..<10)):\(part(10..<12)):\(part(12..<14)) UTC"
    }

    /// A Windows FILETIME (100 ns since 1601, [MS-DTYP] 2.3.3) with the time that it stands for.
    private static func fileTime(_ value: [UInt8]) -> String? {
        guard let text = String(validating: value, as: UTF8.self), let ticks = Int64(text) else { return nil }
        if ticks == 0 || ticks == .max { return "\(text) (never)" }
        let seconds = ticks / 10_000_000 - 11_644_473_600
        return "\(text) (\(CivilTime(secondsSince1970: seconds)) UTC)"
    }
}

/// A moment as a calendar shows it (proleptic Gregorian, UTC).
private struct CivilTime: CustomStringConvertible {
    let description: String

    /// Howard Hinnant's days-to-civil algorithm, with years that begin in March.
    init(secondsSince1970 seconds: Int64) {
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let rest = seconds - days * 86_400
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        func two(_ number: Int64) -> String { (number < 10 ? "0" : "") + String(number) }
        description = "\(year)-\(two(month))-\(two(day)) \(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))"
    }
}
