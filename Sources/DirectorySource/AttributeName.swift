/// What an attribute can be called.
public enum AttributeName {
    /// What is expected, for messages.
    public static let expected =
        "an attribute's name: letters, digits and hyphens that begin with a letter, or numbers with dots (RFC 4512)"

    /// Whether the text can be an attribute description (RFC 4512, 2.5): a name or an OID, and options such as `;lang-de` or `;range=0-1499`
    /// behind it. Underscores, which the RFC does not know, pass: 389 Directory Server may be told to allow them.
    public static func isPossible(_ text: String) -> Bool {
        let parts = text.split(separator: ";", omittingEmptySubsequences: false)
        return (isName(parts[0]) || isNumbers(parts[0])) && parts.dropFirst().allSatisfy(isOption)
    }

    private static func isName(_ text: Substring) -> Bool {
        text.first.map { $0.isASCII && $0.isLetter } ?? false && text.allSatisfy { isWordCharacter($0) || $0 == "_" }
    }

    private static func isNumbers(_ text: Substring) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber }
        }
    }

    private static func isOption(_ text: Substring) -> Bool {
        !text.isEmpty && text.allSatisfy { isWordCharacter($0) || $0 == "=" || $0 == "*" }
    }

    private static func isWordCharacter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber) || character == "-"
    }
}
