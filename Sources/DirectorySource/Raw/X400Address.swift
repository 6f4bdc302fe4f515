/// An X.400 address with its parts named: `c=US;a= ;p=ORG;o=SITE;s=Smith;g=John;`, as Exchange writes it. The letters are those of ITU-T F.401
/// (RFC 1685, section 3).
struct X400Address: CustomStringConvertible {
    private let parts: [(name: String, value: String)]

    /// `country US, ADMD blank, PRMD ORG, organisation SITE, surname Smith, given name John`.
    var description: String { parts.map { "\($0.name) \($0.value.isEmpty ? "blank" : $0.value)" }.joined(separator: ", ") }

    /// `nil` for what is no such address: a part without a name, or with one that is not known.
    init?(_ text: some StringProtocol) {
        var parts: [(String, String)] = []
        for part in text.split(separator: ";", omittingEmptySubsequences: true) where !part.allSatisfy({ $0 == " " }) {
            guard let mark = part.firstIndex(of: "="), let name = Self.name(of: part[..<mark].drop { $0 == " " }.lowercased()) else {
                return nil
            }
            parts.append((name, Self.trimmed(part[part.index(after: mark)...])))
        }
        if parts.isEmpty { return nil }
        self.parts = parts
    }

    /// The same with its type before it, `X400:` or `X400$`; `nil` for addresses of other types.
    init?(typed text: String) {
        guard let mark = text.firstIndex(where: { $0 == ":" || $0 == "$" }), text[..<mark].lowercased() == "x400" else { return nil }
        self.init(text[text.index(after: mark)...])
    }

    private static func name(of key: String) -> String? {
        if key.hasPrefix("dda:"), key.utf8.count > 4 { return "domain-defined " + key.dropFirst(4) }
        return names[key]
    }

    private static func trimmed(_ value: some StringProtocol) -> String {
        let value = Substring(value).drop { $0 == " " }
        return String(value.lastIndex { $0 != " " }.map { value[...$0] } ?? "")
    }

    private static let names = [
        "c": "country", "a": "ADMD", "p": "PRMD", "o": "organisation", "ou": "unit", "ou1": "unit 1", "ou2": "unit 2", "ou3": "unit 3",
        "ou4": "unit 4", "s": "surname", "g": "given name", "i": "initials", "q": "generation", "cn": "common name",
        "x.121": "X.121 address", "n-id": "numeric user id", "t-id": "terminal id", "t-ty": "terminal type",
    ]
}
