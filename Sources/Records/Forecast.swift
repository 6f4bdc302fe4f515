/// Which Migration Wizard imports the file: what it does with a row depends on that.
public enum ImportTarget: String, Sendable, Codable, CaseIterable {
    /// Exchange Server 4.0 and 5.0: the mailbox is found by its alias (KB Q242184).
    case exchange50
    /// Exchange Server 5.5: by a `MIGRATE` address or the old `MS` address (KB Q242184, Q182665).
    case exchange55
    /// Exchange 2000: taken to work as 5.5 does, which nobody has written down.
    case exchange2000
}

/// One thing that the importer is known, or taken, to do with a row. Each is a page of docs/forecast.md.
public enum ImportRule: String, Sendable, Codable, CaseIterable {
    /// 5.0: the mailbox with the mailbox name as its alias is updated.
    case alias
    /// 5.0: no mailbox has the mailbox name as its alias, though the person has a mailbox: event 7017.
    case noAlias = "no-alias"
    /// 5.0: the mailbox stands in another recipients container than that of the run: event 7017.
    case otherContainer = "other-container"
    /// 5.0: the row points at the mailbox, and its Mode updates: the article's cure.
    case corrected
    /// 5.5: the mailbox with the row's address is updated.
    case address
    /// 5.5: a custom recipient has the row's address: it is deleted, and a mailbox made.
    case customRecipient = "custom-recipient"
    /// 5.5: nobody has the row's address, though the person has a mailbox: event 7026.
    case noAddress = "no-address"
    /// 5.5: nobody has the row's address, and the row brings none: event 7026.
    case noAddressInFile = "no-address-in-file"
    /// 5.5: the row points at the mailbox and its Mode updates, so that the row's address is written to it, and it is found.
    case addressWritten = "address-written"
    /// Mode is blank, Update or Modify: the mailbox with the row's Common-Name is updated.
    case commonName = "common-name"
    /// Mode is Create, and nobody has the row's Common-Name: a mailbox is made.
    case created
    /// Mode is blank or Update, and nobody has the row's Common-Name: a mailbox is made.
    case upserted
    /// Mode is Create, and a mailbox has the row's Common-Name: event 287.
    case exists
    /// Mode is Modify, and nobody has the row's Common-Name: event 288.
    case missing
    /// A row that comes before has the same Common-Name, and makes the mailbox: this one meets that.
    case madeBefore = "made-before"
    /// Something that is no mailbox has the row's Common-Name: event 289.
    case otherClass = "other-class"
    /// The row is not to be migrated.
    case notImported = "not-imported"
}

/// What becomes of a row, in one word.
public enum ImportResult: String, Sendable, Codable, CaseIterable {
    /// A mailbox is updated: the person's, or the one that is taken for it.
    case updates
    /// Somebody else's mailbox is updated.
    case updatesOther = "updates-other"
    /// A new mailbox is made.
    case creates
    /// A custom recipient becomes a mailbox.
    case converts
    /// Event 7017: Could not log onto the Message Store.
    case event7017 = "7017"
    /// Event 7026: migration aborted, logon failure.
    case event7026 = "7026"
    /// Event 287: the object exists.
    case event287 = "287"
    /// Event 288: the object does not exist.
    case event288 = "288"
    /// Event 289: the object exists as another class.
    case event289 = "289"
    /// Nothing.
    case nothing
}

/// What the importer does with a row, and by which rule.
public struct ImportOutcome: Sendable, Equatable, Codable {
    /// What becomes of the row.
    public var result: ImportResult
    /// Why.
    public var rule: ImportRule
    /// The DN of the entry that is met, where that is not the row's target; empty otherwise.
    public var dn: String

    /// An outcome from its parts.
    public init(_ result: ImportResult, _ rule: ImportRule, dn: String = "") {
        self.result = result
        self.rule = rule
        self.dn = dn
    }
}

/// What the importer does with a row as it stands, and as corrected.
public struct Forecast: Sendable, Equatable, Codable {
    /// As the row stands.
    public var before: ImportOutcome
    /// As corrected; `nil` for a row that is not.
    public var after: ImportOutcome?
    /// Whether it is not certain that the mailbox is the person's on which this rests: the row's target, or one of the mailboxes that fit.
    public var isSupposed: Bool
    /// The Display-Name in the address book that the row's would replace; empty where none would.
    public var replacedName: String
    /// The mailbox name of another row that has the corrected Common-Name as mailbox name or in its `Assoc-NT-Account`: an NT account of that name is probably that person's, and the wizard may give it rights to this mailbox (MIG55-xmg06011).
    public var accountOf: String

    /// What becomes of the row in the corrected file.
    public var afterwards: ImportOutcome { after ?? before }

    /// A forecast from its parts.
    public init(
        before: ImportOutcome, after: ImportOutcome? = nil, isSupposed: Bool = false, replacedName: String = "", accountOf: String = ""
    ) {
        self.before = before
        self.after = after
        self.isSupposed = isSupposed
        self.replacedName = replacedName
        self.accountOf = accountOf
    }
}

extension ImportResult {
    /// The event with which a row fails, by its source and number; `nil` where it does not fail.
    public var event: (source: String, id: Int)? {
        switch self {
        case .event7017: ("MSExchangeMig", 7017)
        case .event7026: ("MSExchangeMig", 7026)
        case .event287: ("MSExchangeDSImp", 287)
        case .event288: ("MSExchangeDSImp", 288)
        case .event289: ("MSExchangeDSImp", 289)
        case .updates, .updatesOther, .creates, .converts, .nothing: nil
        }
    }

    /// Whether this is what the event tells, by its source and number; KB Q186742 has 7017, and its text is also known under 147.
    public func isTold(bySource source: String, id: Int) -> Bool {
        guard let event, event.source == source else { return false }
        return event.id == id || (event.id == 7017 && id == 147)
    }
}
