internal import Records

/// The postoffices that a text names: in full addresses (`NET/PO/JSMITH`, `NET\PO\JSMITH`), and behind the word itself.
struct EventPostoffices {
    /// The full addresses, in the order of the text.
    let mailboxes: [MSMailMailbox]
    /// Every postoffice named, each once.
    private let all: [Postoffice]

    /// Looks through the words of a text.
    init(_ words: [String]) {
        mailboxes = words.compactMap(Self.mailbox)
        let named = zip(words, words.dropFirst()).compactMap { word, next in
            ["postoffice", "office"].contains(word.lowercased()) ? Self.postoffice(next) : nil
        }
        var seen: Set<Postoffice> = []
        all = (mailboxes.map(\.postoffice) + named).filter { seen.insert($0).inserted }
    }

    /// The name with the postoffices that it may be of: those of the addresses that end in it, otherwise any that the text names.
    func name(_ text: String) -> EventSubject.Name {
        let own = mailboxes.filter { $0.name == text.uppercased() }.map(\.postoffice)
        return EventSubject.Name(text: text, postoffices: own.isEmpty ? all : own, isAddress: !own.isEmpty)
    }

    /// The mailbox that a word names in full; `nil` for dates, paths of files and X.500 names, which have slashes, too.
    private static func mailbox(_ word: String) -> MSMailMailbox? {
        let address = word.hasPrefix("/") ? word.dropFirst() : word[...]
        guard let mailbox = MSMailMailbox(slashed(address)), !mailbox.description.contains(where: { "=.".contains($0) }) else { return nil }
        let office = mailbox.postoffice
        return office.network.allSatisfy(\.isNumber) && office.name.allSatisfy(\.isNumber) ? nil : mailbox
    }

    /// Whether the word is one of the postoffices.
    func names(_ word: String) -> Bool { Self.postoffice(word).map(all.contains) ?? false }

    /// The postoffice that a word names, with either slash.
    private static func postoffice(_ word: String) -> Postoffice? { Postoffice(slashed(word)) }

    /// MS Mail writes addresses with either slash.
    private static func slashed(_ word: some StringProtocol) -> String { String(word.map { $0 == "\\" ? "/" : $0 }) }
}
