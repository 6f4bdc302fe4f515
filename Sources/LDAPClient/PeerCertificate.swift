/// What a server's certificate says of itself (X.509, RFC 5280), as far as an administrator needs it to see what is wrong with it.
///
/// Nothing here decides whether a certificate is good: that has been decided when this is asked. But see `isFor(plainName:)`.
struct PeerCertificate: Equatable {
    /// The names it is for: the alternative names, or where there are none the subject's common name.
    var names: [String]
    /// Whether it has alternative names, of whatever kind.
    private(set) var hasAlternativeNames = false
    /// Who says so, as RFC 4514 writes names.
    var issuer: String
    /// The first and the last day on which it counts, as `2026-11-26`.
    var firstDay, lastDay: String

    /// Reads DER; `nil` when it is not a certificate's.
    init?(_ der: [UInt8]) {
        var outer = DERReader(der[...])
        guard var whole = outer.enter(0x30), var body = whole.enter(0x30) else { return nil }
        if body.tag == 0xa0 { body.skip() }  // the version
        body.skip()  // the serial number
        body.skip()  // the signature's algorithm
        guard var issuer = body.enter(0x30), var validity = body.enter(0x30), let first = validity.next(), let last = validity.next(),
            var subject = body.enter(0x30)
        else { return nil }
        self.issuer = Self.text(&issuer).map { "\($0)=\($1)" }.reversed().joined(separator: ",")
        (firstDay, lastDay) = (Self.day(first), Self.day(last))
        names = []
        while let (tag, content) = body.next() { if tag == 0xa3 { takeExtensions(content) } }
        if !hasAlternativeNames { names = Self.text(&subject).filter { $0.key == "CN" }.map(\.value) }
    }

    /// Takes the alternative names.
    private mutating func takeExtensions(_ content: ArraySlice<UInt8>) {
        var list = DERReader(content)
        guard var extensions = list.enter(0x30) else { return }
        while var one = extensions.enter(0x30) {
            guard one.next()?.content.elementsEqual([0x55, 0x1d, 0x11]) == true else { continue }
            hasAlternativeNames = true
            if one.tag == 0x01 { one.skip() }  // whether it is critical
            guard var value = one.enter(0x04), var alternatives = value.enter(0x30) else { continue }
            while let (tag, content) = alternatives.next() {
                switch tag {
                case 0x82: names.append(String(decoding: content, as: UTF8.self))
                case 0x87: names.append(Self.address(content))
                default: break
                }
            }
        }
    }

    /// An IP address of four or sixteen bytes.
    private static func address(_ bytes: ArraySlice<UInt8>) -> String {
        if bytes.count == 4 { return bytes.map(String.init).joined(separator: ".") }
        let bytes = Array(bytes)
        return stride(from: 0, to: bytes.count - 1, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }
            .joined(separator: ":")
    }

    /// The parts of a distinguished name, in its own order; parts of kinds that nobody knows are left out.
    private static func text(_ name: inout DERReader) -> [(key: String, value: String)] {
        var parts: [(key: String, value: String)] = []
        while var set = name.enter(0x31) {
            while var part = set.enter(0x30) {
                guard let kind = part.next(), let (tag, content) = part.next(), let key = keys[Array(kind.content)] else { continue }
                // BMPString holds UTF-16; all others that are in use are ASCII or UTF-8.
                let bytes = Array(content)
                let isWide = tag == 0x1e && bytes.count % 2 == 0
                let units = isWide ? stride(from: 0, to: bytes.count, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) } : []
                parts.append((key, isWide ? String(decoding: units, as: UTF16.self) : String(decoding: bytes, as: UTF8.self)))
            }
        }
        return parts
    }

    private static let keys: [[UInt8]: String] = [
        [0x55, 0x04, 0x03]: "CN", [0x55, 0x04, 0x06]: "C", [0x55, 0x04, 0x0a]: "O", [0x55, 0x04, 0x0b]: "OU",
        [0x09, 0x92, 0x26, 0x89, 0x93, 0xf2, 0x2c, 0x64, 0x01, 0x19]: "DC",
    ]

    /// UTCTime has two digits for the year, GeneralizedTime four (RFC 5280, section 4.1.2.5).
    private static func day(_ time: (tag: UInt8, content: ArraySlice<UInt8>)) -> String {
        var digits = String(decoding: time.content, as: UTF8.self)
        if time.tag == 0x17 { digits = (digits < "50" ? "20" : "19") + digits }
        guard digits.utf8.count >= 8 else { return digits }
        return [digits.prefix(4), digits.dropFirst(4).prefix(2), digits.dropFirst(6).prefix(2)].joined(separator: "-")
    }
}

/// Reads the DER values that stand one after the other in some bytes.
private struct DERReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next value's tag; `nil` at the end.
    var tag: UInt8? { rest.first }

    /// The next value; `nil` at the end, or when it is not all there.
    mutating func next() -> (tag: UInt8, content: ArraySlice<UInt8>)? {
        var bytes = rest
        guard let tag = bytes.popFirst(), let first = bytes.popFirst() else { return nil }
        var length = Int(first)
        if first >= 0x80 {
            guard first <= 0x84, bytes.count >= Int(first & 0x7f) else { return nil }
            length = 0
            for _ in 0..<Int(first & 0x7f) { length = length << 8 | Int(bytes.removeFirst()) }
        }
        guard bytes.count >= length else { return nil }
        rest = bytes.dropFirst(length)
        return (tag, bytes.prefix(length))
    }

    mutating func skip() { _ = next() }

    /// What is in the next value, if it has that tag; else nothing is taken.
    mutating func enter(_ tag: UInt8) -> DERReader? {
        guard self.tag == tag, let (_, content) = next() else { return nil }
        return DERReader(content)
    }
}
