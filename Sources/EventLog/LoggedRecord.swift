internal import Records

/// A record of a source of the migration's, before it is said which event it is.
struct LoggedRecord {
    let source: String
    /// The number that the log gives; `nil` where it gives none.
    let number: Int?
    var text: String
    let line: Int

    /// The event; `nil` where neither number nor text says which it is.
    ///
    /// Numbers clash between the sources and with those of other releases (KB Q184532). So where the number is not one of a known message, the text decides,
    /// if it is such a message word for word.
    var event: LoggedEvent? {
        var id = number
        if source == KnownMessage.source, !KnownMessage.numbers.contains(number) { id = KnownMessage(beginning: text)?.number ?? number }
        return id.map { LoggedEvent(source: source, id: $0, text: text, line: line) }
    }
}

/// The messages of the Migration Wizard that say which event it is, as the articles have them (KB Q186742, Q242184).
enum KnownMessage: String, CaseIterable {
    case noStore = "could not log onto the message store for account"
    case noLogon = "migration aborted due to mapi logon failure"

    /// Who logs them.
    static let source = "MSExchangeMig"
    /// The numbers under which they are known.
    static let numbers: [Int?] = [7017, 147, 7026]

    /// The message with which the text begins; case and how wide the blanks are do not count, a word that goes on does.
    init?(beginning text: String) {
        // As much of a text as decides is looked at.
        let plain = text.prefix(200).split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
        let message = Self.allCases.first { message in
            plain.hasPrefix(message.rawValue) && !(plain.dropFirst(message.rawValue.count).first?.isLetter ?? false)
        }
        guard let message else { return nil }
        self = message
    }

    /// The event's number.
    var number: Int {
        switch self {
        case .noStore: 7017
        case .noLogon: 7026
        }
    }
}

extension String {
    /// Appends what the next line of a description says.
    mutating func goOn(with line: String) {
        if !isEmpty, !line.isEmpty { append(" ") }
        append(line)
    }
}
