internal import Synchronization

/// What bytes mean as text: a code page, strict both ways. A byte that is not of the code page and a character that it
/// cannot hold are answers with a position, never a substitute.
///
/// UTF-8 is done here, a single-byte code page through a table of 256 made once by iconv of the C library, and a
/// multi-byte one by iconv itself. Only code pages in which the bytes 0 to 127 are ASCII are taken, because separators
/// and quotes are found as bytes.
public struct CodePage: Sendable {
    /// The name by which it can be told again: `windows-1252`, `UTF-8`, `CP850`.
    public let name: String

    enum Method: Sendable {
        case utf8
        case table(SingleByteTable)
        case iconv
    }

    let method: Method

    /// The byte-order mark of UTF-8.
    public static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

    /// UTF-8.
    public static let utf8 = CodePage(name: "UTF-8", method: .utf8)

    private init(name: String, method: Method) {
        self.name = name
        self.method = method
    }

    /// The code page of that name: any that iconv knows, a number (`1252`, `850`, `28591`, `65001`), or `ansi`, `oem`, `dos`.
    ///
    /// Costs a few conversions, or some 300 where single bytes have no meaning, and nothing the second time. Names compare without case.
    /// - Throws: `CodePageError` with `.unknownName` or `.notASCII`.
    public init(named given: some StringProtocol) throws(CodePageError) {
        let name = Self.canonicalName(String(given))
        if name == "UTF-8" {
            self = .utf8
            return
        }
        if let known = Self.made.withLock({ $0[name] }) {
            self = known
            return
        }
        // A slash would let //TRANSLIT and //IGNORE in, and with them substitutes.
        guard !name.contains("/"), !name.isEmpty, let decoder = Iconv(from: name, to: "UTF-8"), Iconv(from: "UTF-8", to: name) != nil else {
            throw CodePageError(code: .unknownName, codePage: String(given))
        }
        let table = SingleByteTable(decoder: decoder)
        guard table.holdsASCII else { throw CodePageError(code: .notASCII, codePage: name) }
        self.init(name: name, method: Self.isMultiByte(decoder) ? .iconv : .table(table))
        Self.made.withLock { [self] in $0[name] = self }
    }

    /// The code pages that were asked for, by name: a run reads its lists in one or two, again and again.
    private static let made = Mutex<[String: CodePage]>([:])

    /// The name that the usual aliases stand for; another name as it is.
    static func canonicalName(_ given: String) -> String {
        let name = given.lowercased()
        if let known = aliases[name] { return known }
        for prefix in ["windows-", "windows", "win-", "win", "cp", "ibm", ""] where name.hasPrefix(prefix) {
            let rest = name.dropFirst(prefix.count)
            guard !rest.isEmpty, rest.allSatisfy(\.isNumber) else { continue }
            if let known = aliases[String(rest)] { return known }
            return (1250...1258).contains(Int(rest) ?? 0) ? "windows-\(rest)" : "CP\(rest)"
        }
        return given
    }

    private static let aliases = [
        "ansi": "windows-1252", "oem": "CP850", "dos": "CP850", "utf8": "UTF-8", "utf-8": "UTF-8", "utf-8-sig": "UTF-8", "65001": "UTF-8",
        "ascii": "US-ASCII", "us-ascii": "US-ASCII", "20127": "US-ASCII", "latin1": "ISO-8859-1", "28591": "ISO-8859-1",
        "28592": "ISO-8859-2", "28605": "ISO-8859-15", "latin9": "ISO-8859-15", "10000": "MACINTOSH",
    ]

    /// Whether some bytes are only the first part of a character.
    private static func isMultiByte(_ decoder: Iconv) -> Bool {
        for lead in UInt8(0x81)...0xFE {
            guard case .stopped = decoder.convert([lead]) else { continue }
            for trail in [UInt8(0x40), 0x80, 0xA1] {
                if case .converted = decoder.convert([lead, trail]) { return true }
            }
        }
        return false
    }
}

/// What each byte of a single-byte code page means.
struct SingleByteTable: Sendable {
    /// By byte; `nil` where the code page has nothing.
    let scalars: [Unicode.Scalar?]
    /// By scalar.
    let bytes: [Unicode.Scalar: UInt8]

    init(decoder: Iconv) {
        let (lower, upper) = ((UInt8(0)..<128).map { $0 }, (UInt8(128)...255).map { $0 })
        scalars = Self.scalars(of: lower, decoder) + Self.scalars(of: upper, decoder)
        var bytes: [Unicode.Scalar: UInt8] = [:]
        for (byte, scalar) in scalars.enumerated() {
            if let scalar, bytes[scalar] == nil { bytes[scalar] = UInt8(byte) }
        }
        self.bytes = bytes
    }

    /// What each byte means by itself: all at once where all of them mean something, which takes a hundredth of the time.
    private static func scalars(of bytes: [UInt8], _ decoder: Iconv) -> [Unicode.Scalar?] {
        if case .converted(let utf8) = decoder.convert(bytes[...]) {
            let scalars = String(decoding: utf8, as: UTF8.self).unicodeScalars
            if scalars.count == bytes.count { return Array(scalars) }
        }
        return bytes.map { byte in
            guard case .converted(let utf8) = decoder.convert([byte]) else { return nil }
            let scalars = String(decoding: utf8, as: UTF8.self).unicodeScalars
            return scalars.count == 1 ? scalars.first : nil
        }
    }

    /// Whether the bytes 0 to 127 mean what they mean in ASCII.
    var holdsASCII: Bool {
        (UInt8(0)..<128).allSatisfy { scalars[Int($0)] == Unicode.Scalar($0) }
    }
}

/// Why a code page cannot be had.
public struct CodePageError: Error, Hashable, Sendable {
    /// The reasons; more may come.
    public struct Code: Hashable, Sendable {
        let name: String
        /// The C library does not know the name.
        public static let unknownName = Code(name: "unknownName")
        /// The bytes 0 to 127 are not ASCII, so separators and quotes cannot be found as bytes.
        public static let notASCII = Code(name: "notASCII")
    }

    /// Which of the reasons.
    public var code: Code
    /// The code page as it was named.
    public var codePage: String
}

extension CodePageError: CustomStringConvertible {
    /// One sentence.
    public var description: String {
        code == .notASCII
            ? "The code page \(codePage) does not hold ASCII as single bytes and cannot be that of a user list; save the file as windows-1252 or UTF-8."
            : "The code page \"\(codePage)\" is not known; name one such as windows-1252, 850 or UTF-8 (iconv -l lists them all)."
    }
}
