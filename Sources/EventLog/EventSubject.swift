public import Records

/// Whom an event is about: the names in its text, the likeliest first.
public struct EventSubject: Sendable, Equatable {
    /// What may be somebody's name, and in which postoffice.
    public struct Name: Sendable, Equatable {
        /// What may be a mailbox name, full name or Directory Name.
        public let text: String
        /// The postoffices of which the text may mean one; empty where it names none. Mailbox names are unique only within one (KB Q146676).
        public let postoffices: [Postoffice]
        /// Whether the text gives the name as the end of a full address. Otherwise what is taken for a postoffice may be a date (15/Jan/1998).
        public let isAddress: Bool
    }

    /// What may be a name, the likeliest first.
    public let names: [Name]
    /// Words of the text, each of which may be a mailbox name, but only if it is spelled as one.
    public let words: [Name]

    /// So much of a text is looked at, in scalars: every name may stand to its end, so the cost is the square of the length. The documented texts are a
    /// sentence or two.
    private static let mostScalars = 1000

    /// Looks through the beginning of the event's text.
    ///
    /// The article's text ends in the name (`… for Account JSMITH`); others put it in quotes, as an address (`NET/PO/JSMITH`, also with backslashes) or
    /// as a DN; dumpel writes the inserted name alone.
    public init(_ event: LoggedEvent) {
        let text = String(event.text.unicodeScalars.prefix(Self.mostScalars))
        let parts = text.split { $0.isWhitespace || ",;:".contains($0) }.map { Self.bare($0) }
        let offices = EventPostoffices(parts)
        var names = offices.mailboxes.map(\.name) + Self.behindPhrases(text) + Self.quoted(text) + Self.leaves(text)
        for part in parts {
            if part.lowercased().hasPrefix("cn="), !part.contains("/") { names.append(Self.bare(part.dropFirst(3))) }
            // DOMAIN\account
            let account = part.split(separator: "\\", omittingEmptySubsequences: false)
            if account.count == 2, !offices.names(part) { names.append(String(account[1])) }
        }
        names.append(Self.bare(text[...]))
        var seen: Set<String> = []
        self.names = names.filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }.map(offices.name)
        words = parts.map(offices.name)
    }

    private static let phrases = ["for account ", "for user ", "for mailbox ", "account ", "user ", "mailbox "]

    private static func behindPhrases(_ text: String) -> [String] {
        let lower = text.lowercased()
        guard lower.utf8.count == text.utf8.count else { return [] }
        var names: [String] = []
        for phrase in phrases {
            var start = lower.startIndex
            while let found = lower[start...].firstRange(of: phrase) {
                names.append(bare(text[found.upperBound...]))
                names.append(bare(text[found.upperBound...].prefix { !$0.isWhitespace }))
                start = found.upperBound
            }
        }
        return names
    }

    private static func quoted(_ text: String) -> [String] {
        ["'", "\""].flatMap { quote in
            text.split(separator: Character(quote), omittingEmptySubsequences: false).enumerated().filter { $0.offset % 2 == 1 }.map {
                bare($0.element)
            }
        }
    }

    /// What stands behind the last `cn=` of an X.500 name, and the first of an LDAP name.
    private static func leaves(_ text: String) -> [String] {
        let parts = text.lowercased().utf8.count == text.utf8.count ? text.split { "/,".contains($0) } : []
        let leaves = parts.compactMap { part -> String? in
            let part = part.trimmed
            return part.lowercased().hasPrefix("cn=") ? bare(part.dropFirst(3)) : nil
        }
        // A sentence may go on behind it.
        return [leaves.last, leaves.first].compactMap(\.self).flatMap { [$0, String($0.prefix { !$0.isWhitespace })] }
    }

    /// Without blanks, quotes and the end of a sentence around it.
    private static func bare(_ text: Substring) -> String {
        var rest = text.drop { $0.isWhitespace || "'\"(<[".contains($0) }
        while let last = rest.last, last.isWhitespace || "'\").>],;".contains(last) { rest.removeLast() }
        return String(rest)
    }
}
