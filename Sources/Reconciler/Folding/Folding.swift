import Records

/// Text with everything taken away that people vary: case, accents, punctuation.
///
/// A letter with an umlaut, ring or stroke has two plain spellings, dropped (ü → u) and expanded (ü → ue); a text with such
/// letters has both, and agrees with another text when one spelling of each is the same. Works on bytes, for both sides of a
/// hundred thousand names in a fraction of a second. Cyrillic and Greek letters become Latin ones, others are put into lower case and otherwise
/// kept.
///
/// One folding serves for text after text, in the same memory.
struct Folding {
    /// Which plain spelling of ü, ø and å.
    enum Spelling { case dropped, expanded }

    /// The folded bytes; words are separated by one blank, a comma between words is kept as a comma.
    private(set) var bytes: [UInt8] = []
    /// Whether the other spelling would give other bytes.
    private(set) var hasOtherSpelling = false
    private var spelling = Spelling.dropped
    private var transliteration = Transliteration()

    private static let blank = UInt8(ascii: " ")
    private static let comma = UInt8(ascii: ",")

    /// A folding of nothing.
    init() {}

    /// Folds `text`.
    init(_ text: String, _ spelling: Spelling = .dropped) { fold(text, spelling) }

    /// Folds `text` in place of what was there.
    mutating func fold(_ text: String, _ spelling: Spelling = .dropped) {
        begin(spelling)
        if !foldASCII(text.utf8.span) {
            bytes.removeAll(keepingCapacity: true)
            transliteration.begin()
            for scalar in text.unicodeScalars { append(scalar) }
        }
        dropSeparators()
    }

    private mutating func begin(_ spelling: Spelling) {
        self.spelling = spelling
        hasOtherSpelling = false
    }

    private mutating func dropSeparators() {
        while let last = bytes.last, last == Self.blank || last == Self.comma { bytes.removeLast() }
    }

    /// Folds a text given as UTF-8.
    mutating func fold(utf8 text: Span<UInt8>, _ spelling: Spelling = .dropped) {
        if text.isASCII {
            begin(spelling)
            _ = foldASCII(text)
            dropSeparators()
        } else {
            fold(String(copyingUTF8: text), spelling)
        }
    }

    /// Folds `text` as a name without words, such as a mailbox name or an alias: letters and digits only.
    mutating func foldJoined(_ text: String, _ spelling: Spelling = .dropped) {
        fold(text, spelling)
        if bytes.contains(where: { $0 <= Self.comma }) { bytes.removeAll { $0 <= Self.comma } }
    }

    /// Every distinct spelling of `text`: one, or the dropped and the expanded.
    static func spellings(of text: String) -> [[UInt8]] {
        let dropped = Folding(text)
        return dropped.hasOtherSpelling ? [dropped.bytes, Folding(text, .expanded).bytes] : [dropped.bytes]
    }

    /// The spellings with letters and digits only.
    static func joined(_ text: String) -> [[UInt8]] {
        spellings(of: text).map { $0.filter { $0 > comma } }
    }

    /// What a byte of ASCII becomes; 0 for nothing.
    private static func plain(_ byte: UInt8) -> UInt8 {
        let lower = byte | 0x20
        if lower &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 { return lower }
        if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") { return 0 }
        return byte == comma ? comma : blank
    }

    /// False as soon as something outside ASCII comes.
    private mutating func foldASCII(_ text: Span<UInt8>) -> Bool {
        if !text.isASCII { return false }
        let length = text.count
        if bytes.count < length { bytes.append(contentsOf: repeatElement(0, count: length - bytes.count)) }
        var count = 0
        bytes.withUnsafeMutableBufferPointer { folded in
            for index in text.indices {
                let letter = Self.plain(text[index])
                if letter > Self.comma {
                    folded[count] = letter
                    count += 1
                } else if letter != 0, count > 0 {
                    // A comma wins over a blank; a separator never comes first.
                    if folded[count - 1] > Self.comma {
                        folded[count] = letter
                        count += 1
                    } else if letter == Self.comma {
                        folded[count - 1] = letter
                    }
                }
            }
        }
        bytes.removeLast(bytes.count - count)
        return true
    }

    private mutating func append(ascii byte: UInt8) {
        let letter = Self.plain(byte)
        if letter > Self.comma { bytes.append(letter) } else if letter != 0 { separate(by: letter) }
    }

    /// A comma wins over a blank; a separator never comes first.
    private mutating func separate(by separator: UInt8) {
        guard let last = bytes.last else { return }
        if last > Self.comma { bytes.append(separator) } else if separator == Self.comma { bytes[bytes.count - 1] = separator }
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case ..<0x80: append(ascii: UInt8(scalar.value))
        case 0x2018, 0x2019, 0x00B4: break
        case 0x0300...0x036F: append(mark: scalar)
        case 0x0400..<0x0500: append(transliterating: scalar)
        case 0x00C0..<0x0250: append(scalar, as: LatinLetters.first[Int(scalar.value - 0x00C0)])
        case 0x0370..<0x0400: append(greek: scalar)
        case 0x1E00..<0x1F00: append(scalar, as: LatinLetters.additional[Int(scalar.value - 0x1E00)])
        default: append(foreign: scalar)
        }
    }

    private mutating func append(_ scalar: Unicode.Scalar, as letter: [UInt8]) {
        if letter.isEmpty { return append(foreign: scalar) }
        bytes += letter
        expand(by: Self.expansion(of: scalar))
    }

    /// What a mark of its own (NFD, as some systems write) does to the letter before it.
    private mutating func append(mark: Unicode.Scalar) {
        let expansion: UInt8? =
            switch (mark.value, bytes.last) {
            case (0x0308, UInt8(ascii: "a")), (0x0308, UInt8(ascii: "o")), (0x0308, UInt8(ascii: "u")): UInt8(ascii: "e")
            case (0x030A, UInt8(ascii: "a")): UInt8(ascii: "a")
            default: nil
            }
        expand(by: expansion)
    }

    private mutating func expand(by expansion: UInt8?) {
        guard let expansion else { return }
        hasOtherSpelling = true
        if spelling == .expanded { bytes.append(expansion) }
    }

    /// The letter that spells out ä, ö, ü, å and ø after their plain letter; `nil` for every other letter.
    private static func expansion(of scalar: Unicode.Scalar) -> UInt8? {
        switch scalar {
        case "ä", "Ä", "ö", "Ö", "ü", "Ü", "ø", "Ø": UInt8(ascii: "e")
        case "å", "Å": UInt8(ascii: "a")
        default: nil
        }
    }

    /// Greek loses its accents in capitals, and sigma has a form for the end of words.
    private mutating func append(greek scalar: Unicode.Scalar) {
        let plain: Unicode.Scalar =
            switch scalar {
            case "ά", "Ά": "α"
            case "έ", "Έ": "ε"
            case "ή", "Ή": "η"
            case "ί", "Ί", "ϊ", "Ϊ", "ΐ": "ι"
            case "ό", "Ό": "ο"
            case "ύ", "Ύ", "ϋ", "Ϋ", "ΰ": "υ"
            case "ώ", "Ώ": "ω"
            case "ς": "σ"
            default: scalar
            }
        append(transliterating: plain)
    }

    /// A Cyrillic or Greek letter, in Latin.
    private mutating func append(transliterating scalar: Unicode.Scalar) {
        let lower = scalar.properties.lowercaseMapping.unicodeScalars.first ?? scalar
        if let before = bytes.last, before > Self.comma {} else { transliteration.begin() }
        guard let latin = transliteration.latin(lower, spelling) else { return append(foreign: scalar) }
        if latin.hasOtherSpelling { hasOtherSpelling = true }
        bytes.removeLast(min(latin.replacing, bytes.count))
        latin.letters.withUTF8Buffer { bytes += $0 }
    }

    private mutating func append(foreign scalar: Unicode.Scalar) {
        let properties = scalar.properties
        guard properties.isAlphabetic || properties.numericType != nil else { return separate(by: Self.blank) }
        bytes += Array(properties.lowercaseMapping.utf8)
    }
}
