extension StringProtocol {
    /// Whether two texts are the same but for case, as directories compare names. ASCII is compared by bytes, anything else by Unicode's rules.
    public func equalsWithoutCase(_ other: some StringProtocol) -> Bool {
        var mine = utf8.makeIterator()
        var theirs = other.utf8.makeIterator()
        while true {
            switch (mine.next(), theirs.next()) {
            case (nil, nil): return true
            case (let first?, let second?) where first < 0x80 && second < 0x80:
                if first.lowercasedASCII != second.lowercasedASCII { return false }
            case (nil, _), (_, nil): return false
            default: return lowercased() == other.lowercased()
            }
        }
    }

    /// The text in upper case; without a copy when it already is.
    func uppercasedIfNeeded() -> String {
        utf8.allSatisfy { $0 < 0x80 && !(UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } ? String(self) : uppercased()
    }
}

extension UInt8 {
    /// The byte, an ASCII capital made small.
    public var lowercasedASCII: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}
