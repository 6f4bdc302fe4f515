/// A code page, and why it is that one.
public struct CodePageFinding: Sendable {
    /// What was found or told.
    public var codePage: CodePage
    /// Why, in one sentence.
    public var evidence: String
    /// The bytes would bear another code page as well, and this one is only the likely case.
    public var isAssumption: Bool

    /// A finding from its parts.
    public init(codePage: CodePage, evidence: String, isAssumption: Bool = false) {
        self.codePage = codePage
        self.evidence = evidence
        self.isAssumption = isAssumption
    }

    /// The code page that the bytes of a whole file are in.
    ///
    /// A byte-order mark decides; then valid UTF-8 with multi-byte characters; then which of windows-1252 and 850 puts letters
    /// where letters stand. Windows ANSI is the likely case of a user list and is taken where nothing decides (KB Q183496).
    /// UTF-16 must be recognised before, see ``UTF16Mark``. Two passes over the bytes.
    /// - Throws: `CodePageError` when the C library has neither of the code pages.
    public static func find(in bytes: [UInt8]) throws(CodePageError) -> CodePageFinding {
        if bytes.starts(with: CodePage.byteOrderMark) {
            return CodePageFinding(codePage: .utf8, evidence: "The file starts with the byte-order mark of UTF-8.")
        }
        let high = bytes.span.highCount
        let windows = try CodePage(named: "windows-1252")
        if high == 0 {
            let evidence = "All \(bytes.count) bytes are ASCII, which every code page reads alike; windows-1252 is assumed for writing."
            return CodePageFinding(codePage: windows, evidence: evidence, isAssumption: true)
        }
        if CodePage.firstInvalidUTF8(in: bytes[...]) == nil {
            let count = bytes.count { $0 >= 0xC0 }
            let noun = count == 1 ? "multi-byte character" : "multi-byte characters"
            return CodePageFinding(codePage: .utf8, evidence: "The file is valid UTF-8 with \(count) \(noun).")
        }
        return LetterEvidence.weigh(bytes, high: high, windows: windows, dos: try CodePage(named: "CP850"))
    }
}

/// The mark of UTF-16 or UTF-32 text, which no single-byte reader can take.
public enum UTF16Mark: Sendable {
    /// Why the bytes are taken for UTF-16 or UTF-32; `nil` when they are not.
    public static func evidence(in bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) || bytes.starts(with: [0, 0, 0xFE, 0xFF]) {
            return "it starts with the byte-order mark of UTF-16 or UTF-32"
        }
        let sample = bytes.prefix(512)
        let zeros = sample.count { $0 == 0 }
        return zeros * 3 > sample.count ? "\(zeros) of its first \(sample.count) bytes are zero, as in UTF-16 without a mark" : nil
    }
}
