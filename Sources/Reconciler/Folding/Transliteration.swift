/// Cyrillic and Greek letters in Latin ones, so that a name agrees with itself in the other script: a mail system of that time knew one code page,
/// and its directory may have two.
///
/// Cyrillic has two spellings: the usual English one (BGN/PCGN 1947, with the short endings: Sergey, Maria, Dmitry) and that of passports (ICAO Doc
/// 9303: Sergei, Mariia, Dmitrii). Greek is spelled as ISO 843 (ELOT 743) transcribes it.
struct Transliteration {
    private var last: Unicode.Scalar = " "
    /// Whether the letter before stands at the beginning of a word.
    private var isLastFirst = false

    /// Forgets the letter before: a word begins.
    mutating func begin() { (last, isLastFirst) = (" ", false) }

    /// A letter in lower case, without accent.
    struct Latin {
        /// What it adds.
        var letters: StaticString
        /// How many bytes of what was there it replaces: those of the letter before, where both together are spelled otherwise.
        var replacing = 0
        /// Whether the other spelling has other letters.
        var hasOtherSpelling = false
    }

    /// The Latin letters of a Cyrillic or Greek one; `nil` for everything else.
    mutating func latin(_ letter: Unicode.Scalar, _ spelling: Folding.Spelling) -> Latin? {
        let isGreek = letter.value < 0x0400
        guard let found = isGreek ? greek(letter, spelling) : cyrillic(letter, spelling) else {
            begin()
            return nil
        }
        isLastFirst = last == " "
        last = letter
        return found
    }

    private func cyrillic(_ letter: Unicode.Scalar, _ spelling: Folding.Spelling) -> Latin? {
        func two(_ usual: StaticString, _ passport: StaticString, replacing: Int = 0) -> Latin {
            spelling == .dropped
                ? Latin(letters: usual, replacing: replacing, hasOtherSpelling: true) : Latin(letters: passport, hasOtherSpelling: true)
        }
        switch letter {
        case "й": return last == "и" || last == "ы" ? two("y", "i", replacing: 1) : two("y", "i")
        case "ю": return two("yu", "iu")
        case "я": return last == "и" ? two("a", "ia") : two("ya", "ia")
        case "є": return two("ye", "ie")
        case "ї": return two("yi", "i")
        default: return Self.letters[letter].map { Latin(letters: $0) }
        }
    }

    private func greek(_ letter: Unicode.Scalar, _ spelling: Folding.Spelling) -> Latin? {
        switch (last, letter) {
        case ("ο", "υ"): return Latin(letters: "u")
        // v before vowels and soft consonants, else f.
        case ("α", "υ"), ("ε", "υ"), ("η", "υ"):
            return Latin(letters: spelling == .dropped ? "v" : "f", hasOtherSpelling: true)
        case ("γ", "γ"): return Latin(letters: "ng", replacing: 1)
        case ("γ", "ξ"): return Latin(letters: "nx", replacing: 1)
        case ("γ", "χ"): return Latin(letters: "nch", replacing: 1)
        case ("μ", "π") where isLastFirst: return Latin(letters: "b", replacing: 1)
        default: return Self.letters[letter].map { Latin(letters: $0) }
        }
    }

    private static let letters: [Unicode.Scalar: StaticString] = [
        // Russian, Bulgarian
        "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l", "м": "m",
        "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
        "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
        // Ukrainian, Belarusian, Serbian, Macedonian
        "і": "i", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
        // Greek
        "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l", "μ": "m", "ν": "n",
        "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    ]
}
