/// What can be said of a row. A closed set: every row gets exactly one, and the summary counts them all.
public enum Situation: String, Sendable, Codable, CaseIterable {
    /// Already points at its mailbox, and its Mode is right.
    case correct
    /// One mailbox, on identifying evidence or two independent pieces, and no rival row or entry. The only one that is written.
    case certain
    /// One mailbox stands out, on names only or with one weak spot.
    case probable
    /// Several mailboxes fit.
    case ambiguous
    /// Two or more rows claim one mailbox.
    case contested
    /// The mailbox is not in the container, or on the home server, that the run imports into.
    case elsewhere
    /// The name belongs to a custom recipient, a list, a public folder or an account without a mailbox.
    case notMailbox
    /// Untouched, the row leads to somebody else's mailbox: their Directory Name equals this row's Common-Name, or the import looks for the row there,
    /// or makes the mailbox for a row before that has the same Common-Name.
    case trap
    /// Complete read, nothing fits: a new mailbox is needed, and the row stays as it is.
    case absent
    /// Nothing fits, but the read does not prove that there is nothing.
    case unknown
    /// MigrateUser N, another Obj-Class, Mode Delete, ADMINSCH and the like.
    case skipped
    /// Wrong field count, unreadable bytes, duplicate user name, or a value that the file cannot hold.
    case invalid

    /// What the program does with such a row unless told otherwise.
    public enum Treatment: String, Sendable, Codable {
        /// The row is corrected.
        case write
        /// The row waits for a person.
        case review
        /// The row is left as it is, and nobody has to look.
        case leave
    }

    /// What the program does with such a row unless told otherwise.
    public var treatment: Treatment {
        switch self {
        case .certain: .write
        case .probable, .ambiguous, .contested, .elsewhere, .notMailbox, .trap, .unknown, .invalid: .review
        case .correct, .absent, .skipped: .leave
        }
    }
}

/// Dictionaries by situation are written with the situations' names as keys.
extension Situation: CodingKeyRepresentable {}
