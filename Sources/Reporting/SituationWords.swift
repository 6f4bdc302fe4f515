public import Records

/// The situations in an administrator's words.
extension Situation {
    /// What the situation means, in a few words.
    public var meaning: String {
        switch self {
        case .correct: "already points at its mailbox"
        case .certain: "one mailbox, on evidence that decides"
        case .probable: "one mailbox stands out, but look"
        case .ambiguous: "several mailboxes fit"
        case .contested: "several rows claim one mailbox"
        case .elsewhere: "the mailbox is in another container or on another server"
        case .notMailbox: "the name belongs to something that is not a mailbox, or is excluded"
        case .trap: "the row leads to SOMEBODY ELSE'S mailbox, as far as can be said"
        case .absent: "no such mailbox: a new one is needed"
        case .unknown: "cannot be said, see why"
        case .skipped: "not to be migrated"
        case .invalid: "the row cannot be used as it is"
        }
    }

    /// What is done with the row.
    public var fate: String {
        switch treatment {
        case .write: "corrected"
        case .review: "waits for a person"
        case .leave: "left as it is"
        }
    }

    func painted(_ text: String, _ ink: Ink) -> String {
        switch self {
        case .certain, .correct: ink.green(text)
        case .trap, .invalid: ink.red(text)
        case .probable, .ambiguous, .contested, .elsewhere, .notMailbox, .unknown: ink.yellow(text)
        case .absent, .skipped: ink.faint(text)
        }
    }
}
