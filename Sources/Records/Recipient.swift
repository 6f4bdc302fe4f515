internal import CPrefetch

/// One recipient of the directory, as raw mode would show it: what the reconciler knows of an entry.
///
/// Text that the entry does not have is the empty string; no directory tells an absent value from an empty one.
///
/// The recipients of a large directory take little memory: those of a batch share one buffer, in which each has its texts as UTF-8, one
/// behind the other, and some 30 bytes that say where each ends. A `String` is made when it is asked for: O(length), and O(1) for the rest.
public struct Recipient: Sendable {
    /// The batch's buffer.
    let bytes: [UInt8]
    /// Where this recipient's table stands in it: behind its texts.
    let place: Int

    init(in bytes: [UInt8], at place: Int) {
        self.bytes = bytes
        self.place = place
    }

    /// A recipient from its parts, in a buffer of its own.
    public init(
        dn: String, kind: RecipientKind, directoryName: String = "", alias: String = "", displayName: String = "", givenName: String = "",
        surname: String = "", initials: String = "", addresses: [MailAddress] = [], department: String = "", homeServer: String = "",
        key: String = "",
        id: String = "", isHidden: Bool = false, isDeleted: Bool = false
    ) {
        var packer = RecipientPacker()
        for text in [dn, directoryName, alias, displayName, givenName, surname, initials, department, homeServer, key, id] {
            packer.add(text.utf8.span)
        }
        for address in addresses { packer.addAddress(type: address.type.utf8.span, value: address.value.utf8.span) }
        packer.finish(kind: kind, isHidden: isHidden, isDeleted: isDeleted)
        self = packer.take()[0]
    }

    /// What the entry is to the mail system.
    public var kind: RecipientKind { RecipientKind(number: bytes[place] & RecipientPacker.kindMask) }
    /// Hidden from the address book.
    public var isHidden: Bool { bytes[place] & RecipientPacker.hiddenBit != 0 }
    /// A tombstone: deleted, but still shown to administrators.
    public var isDeleted: Bool { bytes[place] & RecipientPacker.deletedBit != 0 }

    /// The distinguished name as the server spells it (RFC 4514).
    public var dn: String { text(.dn) }
    /// The Directory Name: what goes into the Common-Name column. Never changes once the mailbox exists.
    public var directoryName: String { text(.directoryName) }
    /// The alias (Mail-nickname), which may be changed at any time.
    public var alias: String { text(.alias) }
    /// The name in the address book.
    public var displayName: String { text(.displayName) }
    /// First name; Exchange 5.5 keeps 16 characters.
    public var givenName: String { text(.givenName) }
    /// Last name; Exchange 5.5 keeps 40 characters.
    public var surname: String { text(.surname) }
    /// Middle initials, without dots as a rule.
    public var initials: String { text(.initials) }
    /// The department where the person works.
    public var department: String { text(.department) }
    /// The name of the server that holds the mailbox.
    public var homeServer: String { text(.homeServer) }
    /// The value of the configured unique key (employee number).
    public var key: String { text(.key) }
    /// The entry's immutable id: `entryUUID` or `objectGUID` as text.
    public var id: String { text(.id) }

    /// Has what says where the texts stand fetched from memory, since they will be asked for soon.
    public func expect() {
        bytes.withUnsafeBufferPointer { bytes in
            if let start = bytes.baseAddress { ldap_reconcile_prefetch(start + place) }
        }
    }

    /// The texts that every recipient has, in the buffer's order.
    public enum Field: Int, Sendable, CaseIterable {
        case dn, directoryName, alias, displayName, givenName, surname, initials, department, homeServer, key, id
    }

    /// How many of them there are.
    static let fieldCount = Field.allCases.count

    /// Lends a text's bytes: UTF-8.
    public func withBytes<Result>(of field: Field, _ body: (Span<UInt8>) -> Result) -> Result {
        withBytes(of: field, from: beginning, body)
    }

    /// The same for who asks for several of them: `beginning` is looked up once.
    @inline(__always) func withBytes<Result>(of field: Field, from beginning: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        body(bytes.span.extracting(range(of: field.rawValue, beginning: beginning)))
    }

    /// Whether a text is empty.
    public func isEmpty(_ field: Field) -> Bool { withBytes(of: field) { $0.isEmpty } }

    private func text(_ field: Field) -> String { withBytes(of: field) { String(copyingUTF8: $0) } }

    /// Every address, in the directory's order. Types are upper case: `SMTP`, `X400`, `MS`, `MIGRATE` …
    public var addresses: [MailAddress] {
        var addresses: [MailAddress] = []
        forEachAddress { addresses.append(MailAddress(type: String(copyingUTF8: $0), value: String(copyingUTF8: $1))) }
        return addresses
    }

    /// Lends the bytes of each address's type, in upper case, and value.
    public func forEachAddress(_ body: (_ type: Span<UInt8>, _ value: Span<UInt8>) -> Void) {
        forEachAddress(from: beginning, body)
    }

    /// The same for who has looked up `beginning`.
    @inline(__always) func forEachAddress(from beginning: Int, _ body: (_ type: Span<UInt8>, _ value: Span<UInt8>) -> Void) {
        var start = beginning + number(Self.fieldCount)
        for index in 0..<addressCount {
            let middle = beginning + number(Self.fieldCount + 1 + 2 * index)
            let end = beginning + number(Self.fieldCount + 2 + 2 * index)
            body(bytes.span.extracting(start..<middle), bytes.span.extracting(middle..<end))
            start = end
        }
    }

    /// The first address for which `fits` says so; no text is made of the others.
    public func firstAddress(where fits: (_ type: Span<UInt8>, _ value: Span<UInt8>) -> Bool) -> MailAddress? {
        var found: MailAddress?
        forEachAddress { type, value in
            if found == nil, fits(type, value) { found = MailAddress(type: String(copyingUTF8: type), value: String(copyingUTF8: value)) }
        }
        return found
    }

    /// Whether there is an address for which `fits` says so.
    public func hasAddress(where fits: (_ type: Span<UInt8>, _ value: Span<UInt8>) -> Bool) -> Bool {
        var isFound = false
        forEachAddress { type, value in isFound = isFound || fits(type, value) }
        return isFound
    }

    /// How many addresses there are.
    public var addressCount: Int { number(0) }

    // MARK: the table

    /// A number of the table: 0 is how many addresses there are, the next ones say where each text ends, from the beginning of the texts.
    @inline(__always) func number(_ index: Int) -> Int {
        if bytes[place] & RecipientPacker.wideBit != 0 {
            return Int(
                UInt32(
                    littleEndian: bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: checked(place + 1 + 4 * index, 4), as: UInt32.self)))
        }
        return Int(
            UInt16(littleEndian: bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: checked(place + 1 + 2 * index, 2), as: UInt16.self)))
    }

    @inline(__always) private func checked(_ offset: Int, _ size: Int) -> Int {
        precondition(offset + size <= bytes.count)
        return offset
    }

    /// Where the texts begin: as far before the table as the last one ends.
    var beginning: Int { place - number(Self.fieldCount + 2 * addressCount) }

    @inline(__always) private func range(of text: Int, beginning: Int) -> Range<Int> {
        (text == 0 ? beginning : beginning + number(text))..<beginning + number(text + 1)
    }
}

extension Recipient: Equatable {
    /// Whether everything is the same, byte for byte.
    public static func == (left: Recipient, right: Recipient) -> Bool {
        guard (left.kind, left.isHidden, left.isDeleted) == (right.kind, right.isHidden, right.isDeleted) else { return false }
        for field in Field.allCases {
            guard left.withBytes(of: field, { own in right.withBytes(of: field) { own.isSame(as: $0) } }) else { return false }
        }
        guard left.addressCount == right.addressCount else { return false }
        return left.addresses == right.addresses
    }
}

extension Recipient {
    /// Whether the DN comes before the other's, byte by byte.
    public func precedes(_ other: Recipient) -> Bool {
        withBytes(of: .dn) { own in
            other.withBytes(of: .dn) { theirs in
                for index in 0..<min(own.count, theirs.count) where own[index] != theirs[index] { return own[index] < theirs[index] }
                return own.count < theirs.count
            }
        }
    }
}

extension Recipient: CustomStringConvertible {
    /// The DN, for messages of tests.
    public var description: String { "\(kind) \(dn) (\(directoryName), \(alias), \(displayName), \(addresses))" }
}
