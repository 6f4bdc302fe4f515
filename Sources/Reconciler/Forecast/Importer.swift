import Records

/// What the Migration Wizard does with a row, as far as Microsoft's own texts tell it: see docs/forecast.md for each rule and how sure it is.
///
/// Two steps: the directory's, in which Mode and Common-Name make or update an object inside one container, and the messages', in which the
/// mailbox is looked for. The rules that fail are those with which the article and its neighbours begin.
///
/// Whose mailbox is whose is supposed where it is not certain: see `Supposition`.
final class Importer: Sendable {
    private let scene: Scene
    /// Who is taken for whose, although that is not certain.
    private let supposition: Supposition
    /// The run's container, as DNs are compared.
    private let container: String?
    /// The rows that make what is missing and whose people are not taken to have a mailbox, by Common-Name without case: only the first of a name makes one.
    private let makers: Postings

    init(_ scene: Scene, _ bonds: Bonds, _ verdicts: [Verdict], owners: [Int32]) {
        self.scene = scene
        container = scene.settings.container.map { DistinguishedName($0).normalized }
        supposition = Supposition(scene: scene, bonds: bonds, owners: owners)
        var names: [(key: Key, member: Int32)] = []
        for (row, verdict) in verdicts.enumerated()
        where scene.isOpen(row) && verdict.decided == nil && Self.makes(row, scene) && supposition.mailboxes(row, verdict).isEmpty {
            names.append((Key(loweredOf: scene.rows[row].commonName.utf8[...]), Int32(row)))
        }
        makers = Postings(names)
    }

    /// The part of a row that the importer goes by.
    private struct Order {
        let row: Int
        var commonName: String
        var mode: ImportMode
        /// The person's mailbox, or those of which one is taken to be the person's; empty where the person has none.
        let own: [Int]
        /// The mailbox of which the plan speaks anyway.
        let target: Int?
        /// Whether that mailbox has the row's address, as far as that was asked.
        let hasAddress: Bool
    }

    /// What becomes of a row with this verdict, and that is corrected to its mailbox where `isCorrected`, with this Mode.
    ///
    /// `nil` for a row that cannot be used, where the read does not show everybody, and where so many have a name that they are not looked at.
    func forecast(_ row: Int, _ verdict: Verdict, isCorrected: Bool, mode corrected: ImportMode, keepsName: Bool) -> Forecast? {
        switch verdict {
        case .excluded(.skipped, _): return Forecast(before: ImportOutcome(.nothing, .notImported))
        case .excluded, .unknown, .lostInMap: return nil
        default: break
        }
        guard let mode = scene.rows[row].mode else { return nil }
        let bond = verdict.decided
        let known = bond?.recipient
        var order = Order(
            row: row, commonName: scene.rows[row].commonName, mode: mode, own: known.map { [$0] } ?? supposition.mailboxes(row, verdict),
            target: verdict.target?.recipient,
            hasAddress: bond.map { !$0.facts.isDisjoint(with: Facts(.migrateAddress, .msAddress)) } ?? false)
        guard let before = try? outcome(order) else { return nil }
        // One of the many may be the person's, so that it is not known that a mailbox is made.
        if case .crowded = verdict, before.result == .creates { return nil }
        var forecast = Forecast(before: before, isSupposed: known == nil && !order.own.isEmpty)
        if isCorrected, let known {
            order.commonName = scene.recipients[known].directoryName
            order.mode = corrected
            guard let after = try? outcome(order) else { return nil }
            forecast.after = after
            forecast.accountOf = account(order.commonName, of: row)
        }
        if let known, (forecast.after ?? forecast.before).result == .updates, order.mode.updatesExisting, !(isCorrected && keepsName) {
            forecast.replacedName = replacedName(row, known)
        }
        return forecast
    }

    // MARK: the two steps

    /// Whom the importer would meet is not foretold: more recipients have a name than are looked at, or no text says what becomes of such a one.
    private struct Unknown: Error {}

    private func outcome(_ order: Order) throws(Unknown) -> ImportOutcome {
        switch scene.settings.target {
        case .exchange50: try byAlias(order)
        case .exchange55, .exchange2000: try byAddress(order)
        }
    }

    private func byAlias(_ order: Order) throws(Unknown) -> ImportOutcome {
        if let own = mailboxPointedAt(order) { return isInContainer(own) ? meets(order, own, .corrected) : elsewhere(own) }
        if let holder = try mailbox(withAlias: order) { return isInContainer(holder) ? meets(order, holder, .alias) : elsewhere(holder) }
        return order.own.isEmpty ? try inDirectory(order) : ImportOutcome(.event7017, .noAlias)
    }

    private func byAddress(_ order: Order) throws(Unknown) -> ImportOutcome {
        if order.hasAddress { return ImportOutcome(.updates, .address) }
        if let address = scene.list.mailboxes[order.row] {
            let holders = scene.directory.byAddress[address.mailbox]
            let mailboxes = holders.map(Int.init).filter(scene.isMailboxToImporter)
            if let mailbox = order.own.first(where: mailboxes.contains) ?? scene.firstByName(mailboxes) {
                return meets(order, mailbox, .address)
            }
            let contacts = holders.map(Int.init).filter { scene.recipients[$0].kind == .customRecipient }
            if let other = scene.firstByName(contacts) {
                return ImportOutcome(.converts, .customRecipient, dn: scene.recipients[other].dn)
            }
            // What becomes of a list, a folder or an account that has the address is written nowhere.
            if !holders.isEmpty { throw Unknown() }
        }
        if let own = mailboxPointedAt(order) {
            return scene.list.bringsAddress[order.row]
                ? meets(order, own, .addressWritten) : ImportOutcome(.event7026, .noAddressInFile)
        }
        if !order.own.isEmpty { return ImportOutcome(.event7026, .noAddress) }
        let made = try inDirectory(order)
        return made.result == .creates && !scene.list.bringsAddress[order.row] ? ImportOutcome(.event7026, .noAddressInFile) : made
    }

    /// What Mode and Common-Name do to the directory (Platform SDK for Exchange, Mode and Common-Name; KB Q146304, Q184532).
    private func inDirectory(_ order: Order) throws(Unknown) -> ImportOutcome {
        let holders = try holders(order)
        if let mailbox = scene.firstByName(holders.filter(scene.isMailboxToImporter)) {
            if order.mode == .create { return ImportOutcome(.event287, .exists, dn: scene.recipients[mailbox].dn) }
            return meets(order, mailbox, .commonName)
        }
        if let other = scene.firstByName(holders) { return ImportOutcome(.event289, .otherClass, dn: scene.recipients[other].dn) }
        let isMadeBefore = isMadeBefore(order)
        switch order.mode {
        case .create: return isMadeBefore ? ImportOutcome(.event287, .madeBefore) : ImportOutcome(.creates, .created)
        case .blank, .update: return isMadeBefore ? ImportOutcome(.updatesOther, .madeBefore) : ImportOutcome(.creates, .upserted)
        case .modify: return isMadeBefore ? ImportOutcome(.updatesOther, .madeBefore) : ImportOutcome(.event288, .missing)
        case .delete: return ImportOutcome(.nothing, .notImported)
        }
    }

    /// Whether a row that comes before has the same Common-Name, and is given a mailbox by it: two lines with one Common-Name are one object.
    private func isMadeBefore(_ order: Order) -> Bool {
        makers[Key(loweredOf: order.commonName.utf8[...])].first.map { Int($0) < order.row } ?? false
    }

    /// The row before whose new mailbox is updated for this row, which has no mailbox of its own; `nil` where that does not happen.
    func maker(metBy row: Int) -> Int? {
        guard let outcome = forecast(row, .absent, isCorrected: false, mode: .blank, keepsName: false)?.before,
            outcome.rule == .madeBefore, outcome.result == .updatesOther
        else { return nil }
        return makers[Key(loweredOf: scene.rows[row].commonName.utf8[...])].first.map { Int($0) }
    }

    /// Whether the row's Mode makes what is missing, and it brings what the mailbox's messages are found by.
    private static func makes(_ row: Int, _ scene: Scene) -> Bool {
        switch scene.rows[row].mode {
        case .create, .blank, .update: scene.settings.target == .exchange50 || scene.list.bringsAddress[row]
        case .modify, .delete, nil: false
        }
    }

    // MARK: who is met

    /// A mailbox is updated: the person's own, somebody else's, or one of which that is not known.
    private func meets(_ order: Order, _ mailbox: Int, _ rule: ImportRule) -> ImportOutcome {
        if order.own == [mailbox], order.target == mailbox { return ImportOutcome(.updates, rule) }
        return ImportOutcome(isOthers(mailbox, order) ? .updatesOther : .updates, rule, dn: scene.recipients[mailbox].dn)
    }

    private func isOthers(_ mailbox: Int, _ order: Order) -> Bool {
        if order.own.contains(mailbox) { return false }
        return supposition.isAnothers(mailbox, than: order.row) || !order.own.isEmpty
            || !Pair(RowView(scene, row: order.row), recipient: mailbox).namesHaveSomethingInCommon
    }

    /// The person's mailbox, where the row points at it and its Mode updates.
    private func mailboxPointedAt(_ order: Order) -> Int? {
        guard order.mode.updatesExisting else { return nil }
        return order.own.first { own in
            scene.recipients[own].withBytes(of: .directoryName) { $0.equalsWithoutCase(order.commonName.utf8.span) }
        }
    }

    /// The mailbox whose alias is the row's mailbox name: the person's, where that is one of several.
    private func mailbox(withAlias order: Order) throws(Unknown) -> Int? {
        let mailboxes = try bearers(of: scene.rows[order.row].mailboxName, in: .alias, order).filter(scene.isMailboxToImporter)
        return order.own.first(where: mailboxes.contains) ?? scene.firstByName(mailboxes)
    }

    /// The recipients whose Directory Name is the row's Common-Name, in the run's container where that is told.
    private func holders(_ order: Order) throws(Unknown) -> [Int] {
        let holders = try bearers(of: order.commonName, in: .directoryName, order)
        return container == nil ? holders : holders.filter(isInContainer)
    }

    /// Whether the recipient stands in the run's container, where that is told.
    private func isInContainer(_ recipient: Int) -> Bool {
        guard let container else { return true }
        return DistinguishedName(DistinguishedName(scene.recipients[recipient].dn).parent).normalized == container
    }

    /// 4.0 and 5.0 do not find a mailbox in another container than that of the run (KB Q152330, fixed in 5.5).
    private func elsewhere(_ mailbox: Int) -> ImportOutcome { ImportOutcome(.event7017, .otherContainer, dn: scene.recipients[mailbox].dn) }

    private func bearers(of name: String, in field: Recipient.Field, _ order: Order) throws(Unknown) -> [Int] {
        guard let bearers = scene.bearers(of: name, in: field, row: order.row) else { throw Unknown() }
        return bearers
    }

    // MARK: what else is touched

    /// The address book's name that the row's replaces: filled cells are written on Update (KB Q152727), also over a mailbox's own name.
    private func replacedName(_ row: Int, _ known: Int) -> String {
        let own = scene.rows[row].displayName
        if own.isEmpty || scene.recipients[known].withBytes(of: .displayName, { $0.isSame(as: own.utf8.span) }) { return "" }
        return scene.recipients[known].displayName
    }

    /// Letters of a Common-Name that are compared with the name of an NT account (MIG55-xmg06011).
    static let accountLength = 20

    /// The mailbox name of another row that has this Common-Name, in its first 20 letters, as mailbox name or NT account: the wizard gives the NT account of
    /// that name rights to the mailbox (MIG55-xmg06011).
    private func account(_ commonName: String, of row: Int) -> String {
        let key = Key(loweredOf: commonName.utf8.prefix(Self.accountLength))
        if !commonName.equalsWithoutCase(scene.rows[row].mailboxName) {
            for other in scene.list.byMailboxName[key] where Int(other) != row { return scene.rows[Int(other)].mailboxName }
        }
        let holders = scene.list.byAccount[key]
        // Its own account it may have.
        if holders.contains(Int32(row)) { return "" }
        return holders.first.map { scene.rows[Int($0)].mailboxName } ?? ""
    }
}

extension Scene {
    /// The mailbox that the importer finds for the row by alias or address, before it looks at what the directory step does.
    func mailboxMetByImporter(_ row: Int) -> Int? {
        switch settings.target {
        case .exchange50: firstByName(bearers(of: rows[row].mailboxName, in: .alias, row: row)?.filter(isMailboxToImporter) ?? [])
        case .exchange55, .exchange2000:
            list.mailboxes[row].flatMap { address in
                firstByName(directory.byAddress[address.mailbox].map(Int.init).filter(isMailboxToImporter))
            }
        }
    }
}
