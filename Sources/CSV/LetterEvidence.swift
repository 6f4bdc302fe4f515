/// Tells windows-1252 from code page 850 by the company that the bytes above 127 keep.
///
/// In names such a byte is a letter, and its case goes with its neighbours': 0x81 in `M?ller` is ü under 850 and nothing
/// under windows-1252; 0xFC in the same place is ü under windows-1252 and a superscript three under 850.
struct LetterEvidence {
    /// How many readings are out of place.
    private(set) var misfits = 0
    /// How many bytes do not exist in the code page.
    private(set) var undefined = 0

    private let meanings: [Meaning]

    private enum Meaning {
        case none, upper, lower, caseless, mark, symbol
    }

    private init(_ codePage: CodePage) {
        guard case .table(let table) = codePage.method else {
            meanings = Array(repeating: .symbol, count: 256)
            return
        }
        meanings = table.scalars.map { $0.map(Self.meaning) ?? .none }
    }

    /// The better of the two, with the reason.
    static func weigh(_ bytes: [UInt8], high: Int, windows: CodePage, dos: CodePage) -> CodePageFinding {
        var (ansi, oem) = (LetterEvidence(windows), LetterEvidence(dos))
        var next = bytes.span.nextHigh(from: 0)
        while let index = next {
            ansi.look(at: index, in: bytes)
            oem.look(at: index, in: bytes)
            next = bytes.span.nextHigh(from: index + 1)
        }
        let subject = high == 1 ? "The one byte above 127" : "The \(high) bytes above 127"
        let evidence = "\(subject): \(ansi.faults) out of place under windows-1252 and \(oem.faults) under code page 850"
        if oem.faults * 4 < ansi.faults { return CodePageFinding(codePage: dos, evidence: evidence + ", so this is a DOS file.") }
        if ansi.faults < oem.faults { return CodePageFinding(codePage: windows, evidence: evidence + ".") }
        return CodePageFinding(
            codePage: windows, evidence: evidence + "; that does not decide, and windows-1252 is assumed.", isAssumption: true)
    }

    private var faults: Int { misfits + undefined }

    private mutating func look(at index: Int, in bytes: [UInt8]) {
        let before = index > 0 ? meanings[Int(bytes[index - 1])] : .mark
        let after = index + 1 < bytes.count ? meanings[Int(bytes[index + 1])] : .mark
        switch meanings[Int(bytes[index])] {
        case .none: undefined += 1
        case .symbol: if Self.isLetter(before) || Self.isLetter(after) { misfits += 1 }
        case .upper: if before == .lower { misfits += 1 }
        case .lower: if before == .upper && after == .upper { misfits += 1 }
        case .caseless, .mark: break
        }
    }

    private static func isLetter(_ meaning: Meaning) -> Bool { meaning == .upper || meaning == .lower || meaning == .caseless }

    private static func meaning(of scalar: Unicode.Scalar) -> Meaning {
        switch scalar {
        // Stand within or beside names: apostrophes, dashes, the acute accent typed for an apostrophe.
        case "\u{2018}", "\u{2019}", "\u{2013}", "\u{2014}", "\u{B4}", "\u{A0}", "'", "-", ".", ",", "\"", " ": return .mark
        // Letters by the book, but not of names.
        case "\u{AA}", "\u{BA}", "\u{B5}", "\u{192}", "\u{2C6}", "\u{131}": return .symbol
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .uppercaseLetter: .upper
        case .lowercaseLetter: .lower
        case .otherLetter, .modifierLetter: .caseless
        case .mathSymbol, .currencySymbol, .otherSymbol, .modifierSymbol, .otherNumber, .initialPunctuation, .finalPunctuation: .symbol
        case .openPunctuation, .otherPunctuation: scalar.isASCII ? .mark : .symbol
        default: .mark
        }
    }
}
