/// Colours for a terminal, or none.
public struct Ink: Sendable {
    private let isOn: Bool

    /// Colours that show only when `isOn`.
    public init(isOn: Bool) { self.isOn = isOn }

    /// Stands out.
    public func bold(_ text: String) -> String { painted(text, "1") }
    /// Stands back.
    public func faint(_ text: String) -> String { painted(text, "2") }
    /// Old, bad or loud.
    public func red(_ text: String) -> String { painted(text, "31") }
    /// New or good.
    public func green(_ text: String) -> String { painted(text, "32") }
    /// Waits for a look.
    public func yellow(_ text: String) -> String { painted(text, "33") }

    private func painted(_ text: String, _ code: String) -> String { isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text }
}

extension String {
    /// The text as it may be shown on a terminal: control characters, which could rewrite the screen, and invisible or reordering ones come as `\u{…}`.
    public var printable: String {
        guard unicodeScalars.contains(where: \.isUnsafeToPrint) else { return self }
        return unicodeScalars.reduce(into: "") { text, scalar in
            if scalar.isUnsafeToPrint {
                text += "\\u{\(String(scalar.value, radix: 16))}"
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
    }

    /// The text filled up with blanks to `width` characters.
    public func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text between single quotes, as a POSIX shell takes it. Characters that are not safe to print stand as octal numbers between `$'` and `'`
    /// (POSIX.1-2024, section 2.2.4): safe on the terminal, and still the same text to a shell.
    public var shellQuoted: String {
        if unicodeScalars.contains(where: \.isUnsafeToPrint) {
            return "$'"
                + unicodeScalars.map { scalar in
                    if scalar == "'" || scalar == "\\" { return "\\\(scalar)" }
                    guard scalar.isUnsafeToPrint else { return String(scalar) }
                    return String(scalar).utf8.map { "\\" + ("000" + String($0, radix: 8)).suffix(3) }.joined()
                }.joined() + "'"
        }
        let isPlain =
            !isEmpty
            && utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-_./:=,@%+".utf8.contains(byte)
                }
            }
        return isPlain ? self : "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
    }
}

extension Unicode.Scalar {
    fileprivate var isUnsafeToPrint: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse: true
        default: false
        }
    }
}
