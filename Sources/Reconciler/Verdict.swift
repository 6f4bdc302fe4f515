import Records

/// What a row comes to, with everything that its words are made of, but no words: what most questions ask for, and quickly made.
enum Verdict {
    /// Not to be decided: invalid or skipped.
    case excluded(Situation, reason: String)
    /// The map names somebody for the row whom the directory does not have.
    indirect case lostInMap(MappedPair)
    /// One mailbox, as firmly as decides alone.
    case certain(Bond)
    /// The same, and the row points at it already.
    case correct(Bond)
    /// The same, but the run's import would not reach it.
    case elsewhere(Bond, Misplacement)
    /// Two pieces agree, but this recipient, which is no mailbox, has the row's address.
    case addressHeld(Bond, by: Int)
    /// One mailbox, and these rows claim it, too.
    case contested(Bond, by: [Int])
    /// One mailbox stands out.
    case probable(Bond)
    /// Several mailboxes fit.
    case ambiguous
    /// So many recipients have the row's name that they were not looked at.
    case crowded
    /// Nothing fits, but the row points at a Directory Name that so many recipients have that they were not looked at.
    case pointsAtCrowd
    /// Nothing fits, but the importer would find this mailbox for the row, by alias or address.
    case importMeets(Int)
    /// Somebody else's mailbox has the Directory Name that the row points at; the bond is what the row comes to apart from that.
    case trap(victim: Int, shown: Bond?)
    /// Nothing fits, but the row points at the Directory Name of this mailbox; nothing else says that it is the row's.
    case pointsAtMailbox(Int)
    /// Nothing fits, but this row, which comes before, has the same Common-Name, and the importer would update the mailbox that it makes for that one.
    case meetsMade(by: Int)
    /// What fits is no mailbox.
    case notMailbox(Bond)
    /// Nothing fits, but the row points at the Directory Name of this recipient, which is no mailbox.
    case pointsAtOther(Int)
    /// Nothing fits, and the read was complete.
    case absent
    /// Nothing fits, but the read does not prove that there is nothing.
    case unknown

    /// Why the run's import would not reach a mailbox.
    enum Misplacement {
        case otherContainer
        case otherServer
    }

    /// The situation that this is.
    var situation: Situation {
        switch self {
        case .excluded(let situation, _): situation
        case .certain: .certain
        case .correct: .correct
        case .elsewhere: .elsewhere
        case .contested: .contested
        case .addressHeld, .probable: .probable
        case .ambiguous, .crowded, .pointsAtCrowd: .ambiguous
        case .trap, .pointsAtMailbox, .importMeets, .meetsMade: .trap
        case .notMailbox, .pointsAtOther: .notMailbox
        case .absent: .absent
        case .unknown, .lostInMap: .unknown
        }
    }

    /// The mailbox, or other recipient, that the row comes to.
    var target: Bond? {
        switch self {
        case .certain(let bond), .correct(let bond), .elsewhere(let bond, _), .addressHeld(let bond, _), .contested(let bond, _),
            .probable(let bond), .notMailbox(let bond):
            bond
        case .trap(_, let shown): shown
        case .excluded, .lostInMap, .ambiguous, .crowded, .pointsAtCrowd, .pointsAtMailbox, .pointsAtOther, .importMeets, .meetsMade,
            .absent, .unknown:
            nil
        }
    }

    /// The person's mailbox, where that is settled.
    var decided: Bond? {
        switch self {
        case .certain(let bond), .correct(let bond), .elsewhere(let bond, _): bond
        default: nil
        }
    }

    /// The recipient, not the row's, that owns the Common-Name to which the row points.
    var strangeOwner: Int? {
        switch self {
        case .trap(let victim, _): victim
        case .pointsAtMailbox(let owner), .pointsAtOther(let owner), .importMeets(let owner): owner
        default: nil
        }
    }

    /// Whether nothing fits the row.
    var isNobody: Bool {
        switch self {
        case .absent, .unknown: true
        default: false
        }
    }

    /// Whether there is nobody to show.
    var isWithoutCandidates: Bool {
        switch self {
        case .absent, .unknown, .meetsMade: true
        // A row that cannot be used as it is still has somebody's name: whoever mends it wants to know whose.
        case .excluded(let situation, _): situation != .invalid
        default: false
        }
    }
}
