/// One recipient of the directory, as raw mode would show it: what the reconciler knows of an entry.
///
/// Text that the entry does not have is the empty string; no directory tells an absent value from an empty one.
///
/// The recipients of a large directory take little memory: those of a batch share one buffer, in which each has its texts as UTF-8, one
/// behind the other, and some 20 bytes of lengths. A text is made when it is asked for: O(length), and O(1) for the rest.
public struct Recipient: Sendable {
    /// The batch's buffer.
    private let bytes: [UInt8]
    /// Where this recipient begins in it.
    private let start: Int

    init(in bytes: [UInt8], at start: Int) {
        self.bytes = bytes
        self.start = start
    }

    /// A recipient from its parts, in a buffer of its own.
    public init(
        dn: String, kind: RecipientKind, directoryName: String = "", alias: String = "", displayName: String = "", givenName: String = "",
        surname: String = "", initials: String = "", addresses: [MailAddress] = [], homeServer: String = "", key: String = "",
        id: String = "", isHidden: Bool = false, isDeleted: Bool = false
    ) {
        var packer = RecipientPacker()
        for text in [dn, directoryName, alias, displayName, givenName, surname, initials, homeServer, key, id] {
            packer.add(text.utf8.span)
        }
        for address in addresses { packer.addAddress(type: address.type.utf8.span, value: address.value.utf8.span) }
        packer.finish(kind: kind, isHidden: isHidden, isDeleted: isDeleted)
        self = packer.take()[0]
    }

    /// What the entry is to the mail system.
    public var kind: RecipientKind { RecipientKind.allCases[Int(bytes[start] & RecipientPacker.kindMask)] }
    /// Hidden from the address book.
    public var isHidden: Bool { bytes[start] & RecipientPacker.hiddenBit != 0 }
    /// A tombstone: deleted, but still shown to administrators.
    public var isDeleted: Bool { bytes[start] & RecipientPacker.deletedBit != 0 }

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
    /// The name of the server that holds the mailbox.
    public var homeServer: String { text(.homeServer) }
    /// The value of the configured unique key (employee number).
    public var key: String { text(.key) }
    /// The entry's immutable id: `entryUUID` or `objectGUID` as text.
    public var id: String { text(.id) }

    /// The texts that every recipient has, in the buffer's order.
    public enum Field: Int, Sendable, CaseIterable {
        case dn, directoryName, alias, displayName, givenName, surname, initials, homeServer, key, id
    }

    /// Lends a text's bytes: UTF-8.
    public func withBytes<Result>(of field: Field, _ body: (Span<UInt8>) -> Result) -> Result {
        var lengths = LengthReader(position: start + RecipientPacker.fixedSize)
        _ = lengths.next(in: bytes)
        var position = contents
        for _ in 0..<field.rawValue { position += lengths.next(in: bytes) }
        let length = lengths.next(in: bytes)
        return body(bytes.span.extracting(position..<position + length))
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
        var lengths = LengthReader(position: start + RecipientPacker.fixedSize)
        let count = lengths.next(in: bytes)
        var position = contents
        for _ in Field.allCases { position += lengths.next(in: bytes) }
        for _ in 0..<count {
            let value = position + lengths.next(in: bytes)
            let end = value + lengths.next(in: bytes)
            body(bytes.span.extracting(position..<value), bytes.span.extracting(value..<end))
            position = end
        }
    }

    /// How many addresses there are.
    public var addressCount: Int {
        var lengths = LengthReader(position: start + RecipientPacker.fixedSize)
        return lengths.next(in: bytes)
    }

    /// Where the contents begin: behind the lengths.
    private var contents: Int {
        start + (1..<RecipientPacker.fixedSize).reduce(0) { $0 | Int(bytes[start + $1]) << (8 * ($1 - 1)) }
    }
}

extension Recipient: Equatable {
    /// Whether everything is the same, byte for byte.
    public static func == (left: Recipient, right: Recipient) -> Bool {
        guard (left.kind, left.isHidden, left.isDeleted) == (right.kind, right.isHidden, right.isDeleted) else { return false }
        for field in Field.allCases {
            guard left.withBytes(of: field, { own in right.withBytes(of: field) { own.isSame(as: $0) } }) else { return false }
        }
        return left.addresses == right.addresses
    }
}

extension Recipient: CustomStringConvertible {
    /// The DN, for messages of tests.
    public var description: String { "\(kind) \(dn) (\(directoryName), \(alias), \(displayName), \(addresses))" }
}

/// Reads the lengths that `RecipientPacker` wrote.
private struct LengthReader {
    var position: Int

    /// The next length: seven bits in each byte, the lowest first; the last has its top bit clear.
    mutating func next(in bytes: [UInt8]) -> Int {
        var (length, shift) = (0, 0)
        while true {
            let byte = bytes[position]
            position += 1
            length |= Int(byte & 0x7F) << shift
            if byte < 0x80 { return length }
            shift += 7
        }
    }
}
