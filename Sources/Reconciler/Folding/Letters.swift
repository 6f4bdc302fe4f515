/// A set of first letters, as one number: a to z each have a place, everything else shares one.
struct Letters: OptionSet, Hashable {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    /// The set of one folded letter; digits are no letters.
    init(letter: UInt8) {
        switch letter {
        case UInt8(ascii: "a")...UInt8(ascii: "z"): self.init(rawValue: 1 << UInt32(letter - UInt8(ascii: "a")))
        case 0x80...: self.init(rawValue: 1 << 26)
        default: self.init(rawValue: 0)
        }
    }

    /// `J`, or `J, Q`.
    var text: String {
        (0..<26).filter { rawValue & (1 << UInt32($0)) != 0 }.map { String(UnicodeScalar(UInt8(ascii: "A") + UInt8($0))) }.joined(
            separator: ", ")
    }
}
