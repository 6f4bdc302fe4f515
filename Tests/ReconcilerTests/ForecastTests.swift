import Records
import Testing

@testable import Reconciler

/// Each rule of docs/forecast.md once, named by where it was read.
@Suite("What the importer would do with a row")
struct ForecastTests {
    /// The forecast for the first of `rows`, corrected where it is certain.
    private func forecast(
        _ rows: [MigrationRow], _ recipients: [Recipient], _ target: ImportTarget, container: String? = nil, mode: ImportMode = .blank,
        gaps: [String] = []
    ) -> Forecast? {
        let reconciler = Reconciler(settings: ReconcilerSettings(container: container, target: target))
        let deliberation = reconciler.deliberate(reconciler.prepare(rows), snapshot: snapshot(recipients, gaps: gaps))
        return deliberation.forecast(0, isCorrected: deliberation.outcome(0).situation == .certain, mode: mode)
    }

    private func forecast(_ row: MigrationRow, _ recipients: [Recipient], _ target: ImportTarget, container: String? = nil) -> Forecast? {
        forecast([row], recipients, target, container: container)
    }

    private let john = mailbox("johnsm", "John Smith", given: "John", surname: "Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"])
    /// The same mailbox before anybody gave it the old address; known by the name that MS Mail gave it long ago.
    private let plain = mailbox("johns", "John Smith", given: "John", surname: "Smith", directoryName: "johnsm")

    @Test(
        "No text says what becomes of a list or a folder that has the address: that is not foretold",
        arguments: [RecipientKind.distributionList, .publicFolder])
    func otherHolders(kind: RecipientKind) {
        let holder = mailbox("list", "Some List", addresses: ["MS:CONTOSO/PO1/JOHNS"], kind: kind)
        #expect(forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [holder, ursulaKrause], .exchange55) == nil)
    }

    // MARK: Exchange 5.0

    @Test("KB Q242184: 5.0 finds the mailbox whose alias is the mailbox name")
    func alias() {
        let found = forecast(row("JOHNS", "John Smith"), [plain], .exchange50)
        #expect(found?.before == ImportOutcome(.updates, .alias))
    }

    @Test("KB Q242184: also when that is somebody else's")
    func othersAlias() {
        let other = mailbox("johns", "Ursula Krause", directoryName: "uk")
        let found = forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [john, other], .exchange50)
        #expect(found?.before == ImportOutcome(.updatesOther, .alias, dn: other.dn))
        #expect(found?.after == ImportOutcome(.updates, .corrected))
        #expect(forecast(row("JOHNS", "John Smith"), [other], .exchange50)?.before.result == .updatesOther)
        let alike = mailbox("johns", "J. Smith", directoryName: "js")
        #expect(forecast(row("JOHNS", "John Smith"), [alike], .exchange50)?.before == ImportOutcome(.updates, .alias))
    }

    @Test("KB Q186742: on 5.0 an alias that is not the mailbox name ends in 7017, and the correction cures it")
    func noAlias() {
        let found = forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [john], .exchange50)
        #expect(found?.before == ImportOutcome(.event7017, .noAlias))
        #expect(found?.after == ImportOutcome(.updates, .corrected))
    }

    @Test(
        "KB Q186742: a row that points at its mailbox, and whose Mode updates, is cured already",
        arguments: [ImportMode.blank, .update, .modify])
    func correctedAlready(mode: ImportMode) {
        let own = row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS", mode: mode, commonName: "JOHNSM")
        let found = forecast(own, [john], .exchange50)
        #expect(found?.before == ImportOutcome(.updates, .corrected) && found?.after == nil)
    }

    @Test("KB Q152330: on 5.0 a mailbox in another container than that of the run ends in 7017, too; not on 5.5", arguments: [true, false])
    func otherContainer(pointsAt: Bool) {
        let own = pointsAt ? row("JS", "John Smith", mode: .update, commonName: "johnsm") : row("JOHNS", "John Smith")
        let here = forecast(own, [plain], .exchange50, container: "cn=recipients, ou=HQ,o=Org")
        #expect(here?.before.result == .updates)
        let there = forecast(own, [plain], .exchange50, container: "cn=Recipients,ou=BRISTOL,o=Org")
        #expect(there?.before == ImportOutcome(.event7017, .otherContainer, dn: plain.dn))
        let addressed = mailbox("x1", "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        let by55 = forecast(
            row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [addressed], .exchange55, container: "cn=Recipients,ou=BRISTOL,o=Org")
        #expect(by55?.before.result == .updates)
    }

    // MARK: Exchange 5.5

    @Test("KB Q242184, MIG55-xmg02003: 5.5 finds the mailbox by a MIGRATE or the old MS address", arguments: ["MIGRATE:MS:", "MS:"])
    func address(prefix: String) {
        let owner = mailbox("x1", "John Smith", addresses: [prefix + "CONTOSO/PO1/JOHNS"])
        for target in [ImportTarget.exchange55, .exchange2000] {
            let found = forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [owner], target)
            #expect(found?.before == ImportOutcome(.updates, .address) && found?.after == ImportOutcome(.updates, .address))
        }
    }

    @Test("MIG55-xmg02003: also when the address is on somebody else's mailbox")
    func othersAddress() {
        let other = mailbox("uk", "Ursula Krause", addresses: ["MS:CONTOSO/PO1/JOHNS"])
        let found = forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [other], .exchange55)
        #expect(found?.before == ImportOutcome(.updatesOther, .address, dn: other.dn))
    }

    @Test("MIG55-xmg02003: a custom recipient with the row's address is deleted, and a mailbox made")
    func customRecipient() {
        let contact = mailbox("B829DF6D", "Smith, John", addresses: ["MS:CONTOSO/PO1/JOHNS"], kind: .customRecipient)
        let found = forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [contact], .exchange55)
        #expect(found?.before == ImportOutcome(.converts, .customRecipient, dn: contact.dn) && found?.after == nil)
    }

    @Test("KB Q242184: on 5.5 a mailbox made beforehand, without the address, ends in 7026; corrected, the row's address is written to it")
    func noAddress() {
        let found = forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [plain], .exchange55)
        #expect(found?.before == ImportOutcome(.event7026, .noAddress))
        #expect(found?.after == ImportOutcome(.updates, .addressWritten))
    }

    @Test("KB Q182665: on 5.5 a row from which the MIGRATE address was removed ends in 7026, corrected or not")
    func noAddressInFile() {
        let found = forecast(row("JOHNS", "John Smith"), [plain], .exchange55)
        #expect(found?.before == ImportOutcome(.event7026, .noAddress))
        #expect(found?.after == ImportOutcome(.event7026, .noAddressInFile))
        #expect(forecast(row("NEMO", "Nemo Nobody"), [plain], .exchange55)?.before == ImportOutcome(.event7026, .noAddressInFile))
    }

    // MARK: Mode and Common-Name

    @Test("Platform SDK, Mode; KB Q146304: Create makes what is missing; so do blank and Update; Modify does not (event 288, KB Q184532)")
    func missing() {
        let outcomes = [ImportMode.create, .blank, .update, .modify].map { mode in
            forecast(row("NEMO", "Nemo Nobody", address: "CONTOSO/PO1/NEMO", mode: mode), [john], .exchange55)?.before
        }
        #expect(
            outcomes == [
                ImportOutcome(.creates, .created), ImportOutcome(.creates, .upserted), ImportOutcome(.creates, .upserted),
                ImportOutcome(.event288, .missing),
            ])
    }

    @Test("KB Q184532: Create ends in 287 where a mailbox has the Directory Name; with the other Modes somebody else's is updated")
    func exists() {
        let other = mailbox("uk", "Ursula Krause", directoryName: "nemo")
        let outcomes = [ImportMode.create, .blank, .update, .modify].map { mode in
            forecast(row("NEMO", "Nemo Nobody", address: "CONTOSO/PO1/NEMO", mode: mode), [other], .exchange55)?.before
        }
        let updated = ImportOutcome(.updatesOther, .commonName, dn: other.dn)
        #expect(outcomes == [ImportOutcome(.event287, .exists, dn: other.dn), updated, updated, updated])
        let alike = mailbox("nn", "N. Nobody", directoryName: "nemo")
        let blank = row("NEMO", "Nemo Nobody", address: "CONTOSO/PO1/NEMO", mode: .blank)
        #expect(forecast(blank, [alike], .exchange55)?.before == ImportOutcome(.updates, .addressWritten))
    }

    @Test("KB Q184532: 289 where something else has the Directory Name", arguments: [ImportMode.create, .blank, .modify])
    func otherClass(mode: ImportMode) {
        let list = mailbox("all", "Everybody", directoryName: "nemo", kind: .distributionList)
        let own = row("NEMO", "Nemo Nobody", address: "CONTOSO/PO1/NEMO", mode: mode)
        #expect(forecast(own, [list], .exchange55)?.before == ImportOutcome(.event289, .otherClass, dn: list.dn))
    }

    @Test("Platform SDK, Common-Name: an object is known by its Directory Name within one container")
    func container() {
        let other = mailbox("uk", "Ursula Krause", directoryName: "nemo", container: "cn=Sales,cn=Recipients,ou=HQ,o=Org")
        let own = row("NEMO", "Nemo Nobody", address: "CONTOSO/PO1/NEMO", mode: .blank)
        #expect(forecast(own, [other], .exchange55, container: "cn=sales, cn=Recipients,ou=HQ,o=Org")?.before.result == .updatesOther)
        #expect(forecast(own, [other], .exchange55, container: "cn=Recipients,ou=HQ,o=Org")?.before.result == .creates)
    }

    @Test("MIG55-xmg04024: a row that is not to be migrated; and one that cannot be used, or whose directory was not read whole")
    func notImported() {
        let left = forecast(row("JOHNS", "John Smith", isToBeMigrated: false), [plain], .exchange55)
        #expect(left?.before == ImportOutcome(.nothing, .notImported))
        #expect(forecast(row("JOHNS", "John Smith", mode: .delete), [plain], .exchange55)?.before.result == .nothing)
        let problem = RowProblem(position: FilePosition(line: 2), text: "11 fields, expected 12")
        #expect(forecast(row("JOHNS", "John Smith", problem: problem), [plain], .exchange55) == nil)
        #expect(forecast([row("NEMO", "Nemo Nobody")], [plain], .exchange55, gaps: ["a size limit was met"]) == nil)
    }

    @Test("Where more entries have a name than are looked at, nothing is foretold; one fewer, and it is")
    func crowd() {
        func crowd(_ count: Int) -> [Recipient] {
            (0..<count).map { mailbox("desk", "Person \($0)", directoryName: "desk", container: "ou=B\($0),o=Org") }
        }
        let pointing = row("NEMO", "Nemo Nobody", address: "CONTOSO/PO1/NEMO", mode: .blank, commonName: "desk")
        #expect(forecast(pointing, crowd(1_000), .exchange55)?.before.rule == .commonName)
        #expect(forecast(pointing, crowd(1_001), .exchange55) == nil)
        #expect(forecast(row("DESK", "Nemo Nobody"), crowd(1_000), .exchange50)?.before.rule == .alias)
        #expect(forecast(row("DESK", "Nemo Nobody"), crowd(1_001), .exchange50) == nil)
    }

    @Test("Platform SDK, Common-Name: two rows with one Common-Name are one object, so the second meets what the first makes")
    func sameCommonName() {
        func second(_ mode: ImportMode, first: ImportMode = .create) -> ImportOutcome? {
            let one = row("ONE", "Otto Neun", address: "CONTOSO/PO1/ONE", mode: first, commonName: "same")
            let two = row("TWO", "Thea Wolke", address: "CONTOSO/PO1/TWO", number: 2, mode: mode, commonName: "SAME")
            let reconciler = Reconciler(settings: ReconcilerSettings(target: .exchange55))
            let deliberation = reconciler.deliberate(reconciler.prepare([one, two]), snapshot: snapshot([ursulaKrause]))
            #expect(deliberation.forecast(0, isCorrected: false, mode: .blank)?.before.result == (first == .modify ? .event288 : .creates))
            return deliberation.forecast(1, isCorrected: false, mode: .blank)?.before
        }
        #expect(second(.create) == ImportOutcome(.event287, .madeBefore))
        #expect(second(.blank) == ImportOutcome(.updatesOther, .madeBefore))
        #expect(second(.modify) == ImportOutcome(.updatesOther, .madeBefore))
        #expect(second(.create, first: .modify) == ImportOutcome(.creates, .created))
    }

    @Test("So it is where the first is somebody whom the directory has as a contact; and many rows of one name take no quadratic time")
    func sameCommonNameOfOthers() {
        let contact = mailbox("wanda", "Wanda Quell", given: "Wanda", surname: "Quell", kind: .customRecipient)
        let one = row("ONE", "Wanda Quell", address: "CONTOSO/PO1/ONE", commonName: "same")
        let two = row("TWO", "Thea Wolke", address: "CONTOSO/PO1/TWO", number: 2, commonName: "same")
        let reconciler = Reconciler(settings: ReconcilerSettings(target: .exchange55))
        let deliberation = reconciler.deliberate(reconciler.prepare([one, two]), snapshot: snapshot([contact, ursulaKrause]))
        #expect(deliberation.outcome(0).situation == .notMailbox)
        #expect(deliberation.forecast(0, isCorrected: false, mode: .blank)?.before.result == .creates)
        #expect(deliberation.forecast(1, isCorrected: false, mode: .blank)?.before == ImportOutcome(.event287, .madeBefore))
    }

    @Test("Of several whom the importer might meet, the one with the first DN is told, whatever the order of entries")
    func order() {
        let twins = ["b", "a"].map { mailbox("desk", "Front Desk", directoryName: "\($0)desk", container: "ou=\($0),o=Org") }
        let own = row("DESK", "Front Desk")
        let outcomes = [twins, twins.reversed()].map { forecast(own, Array($0), .exchange50)?.before }
        #expect(outcomes[0] == outcomes[1] && outcomes[0]?.dn == "cn=adesk,ou=a,o=Org", "\(outcomes)")
    }

    // MARK: what is not certain

    @Test("The forecast for a row does not hang on how sure a decision must be")
    func supposed() {
        let people = (0..<40).map { mailbox("p\($0)", "Person Number\($0)", given: "Person", surname: "Number\($0)") }
        for target in ImportTarget.allCases {
            let outcomes = [0.0, 1].map { maxError in
                let reconciler = Reconciler(settings: ReconcilerSettings(maxError: maxError, target: target))
                let own = row("JOHNS", "John Q. Smith", address: "CONTOSO/PO1/JOHNS")
                let john = mailbox("jqsmith", "John Q. Smith", given: "John Q.", surname: "Smith")
                let deliberation = reconciler.deliberate(reconciler.prepare([own]), snapshot: snapshot(people + [john]))
                #expect(deliberation.outcome(0).situation == (maxError == 0 ? .probable : .certain))
                let forecast = deliberation.forecast(0, isCorrected: false, mode: .blank)
                #expect(forecast?.isSupposed == (maxError == 0))
                return forecast?.before
            }
            #expect(outcomes[0] == outcomes[1])
            #expect(outcomes[0]?.result == (target == .exchange50 ? .event7017 : .event7026))
        }
    }

    @Test("One of several that fit is taken for the person's: to make a new mailbox is not what is foretold")
    func severalFit() {
        let johns = ["js1", "js2"].map { mailbox($0, "John Smith", given: "John", surname: "Smith") }
        let own = row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS")
        let found = forecast(own, johns, .exchange50)
        #expect(found?.before == ImportOutcome(.event7017, .noAlias) && found?.isSupposed == true)
        let pointing = row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS", mode: .blank, commonName: "js2")
        #expect(forecast(pointing, johns, .exchange50)?.before == ImportOutcome(.updates, .corrected, dn: johns[1].dn))
    }

    @Test("Where a row has no target, the mailbox that is met is named, also where only one of those that fit may be the person's")
    func entryIsNamed() {
        let holders = [("a", "John Smith"), ("b", "Ursula Krause")].map { mailbox($0, $1, addresses: ["MS:CONTOSO/PO1/JOHNS"]) }
        let found = forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), holders, .exchange55)
        #expect(found?.before == ImportOutcome(.updates, .address, dn: holders[0].dn) && found?.isSupposed == true)
    }

    @Test("A mailbox that is certain for another row is somebody else's, whatever its names")
    func certainForAnother() {
        let john = mailbox("johns", "John Smith", given: "John", surname: "Smith", addresses: ["MS:CONTOSO/PO2/JSMITH"])
        let rows = [row("JOHNS", "Johnny Smithson"), row("JSMITH", "John Smith", address: "CONTOSO/PO2/JSMITH", number: 2)]
        #expect(forecast(rows, [john], .exchange50)?.before == ImportOutcome(.updatesOther, .alias, dn: john.dn))
        #expect(forecast([rows[0]], [john], .exchange50)?.before.result == .updates)
    }

    // MARK: what else is touched

    @Test("KB Q152727: a filled Display-Name replaces the address book's on Update, and not on Create")
    func displayName() {
        let own = row("JOHNS", "SMITH, JOHN", address: "CONTOSO/PO1/JOHNS")
        #expect(forecast(own, [john], .exchange55)?.replacedName == "John Smith")
        #expect(forecast(row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS"), [john], .exchange55)?.replacedName == "")
        var empty = own
        empty.displayName = ""
        #expect(forecast(empty, [john], .exchange55)?.replacedName == "")
    }

    @Test(
        "MIG55-xmg06011: a corrected Common-Name that is another row's mailbox name may give that person's NT account rights, by 20 letters"
    )
    func account() {
        let own = row("JOHNS", "John Smith", address: "CONTOSO/PO1/JOHNS")
        let other = row("JOHNSM", "Johanna Smirnova", address: "CONTOSO/PO1/JOHNSM", number: 2)
        #expect(forecast([own, other], [john], .exchange55)?.accountOf == "JOHNSM")
        #expect(forecast([own], [john], .exchange55)?.accountOf == "")
        var owner = row("JSMIRN", "Johanna Smirnova", address: "CONTOSO/PO1/JSMIRN", number: 2)
        owner.account = "CONTOSO\\JohnSM"
        #expect(forecast([own, owner], [john], .exchange55)?.accountOf == "JSMIRN")
        var both = own
        both.account = "CONTOSO\\johnsm"
        #expect(forecast([both, owner], [john], .exchange55)?.accountOf == "")
        let long = mailbox("x", "John Smith", addresses: ["MS:CONTOSO/PO1/JOHNS"], directoryName: "john.smith.of.accountancy")
        let cut = row("john.smith.of.accoun", "Somebody Else", address: "CONTOSO/PO1/JSOA", number: 2)
        #expect(forecast([own, cut], [long], .exchange55)?.accountOf == "john.smith.of.accoun")
    }
}
