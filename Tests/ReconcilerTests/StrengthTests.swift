import Records
import Testing

@testable import Reconciler

@Suite("What facts are worth together")
struct StrengthTests {
    @Test(
        "Two independent pieces agree",
        arguments: [
            Facts(.fullName, .formerMailboxName, .namesake), Facts(.fullName, .middleInitial),
            Facts(.fullName, .middleInitial, .home, .namesake), Facts(.fullName, .middleInitial, .otherHome),
            Facts(.fullName, .alias, .carriedOver), Facts(.fullName, .alias, .carriedOver, .otherHome),
            Facts(.fullName, .alias, .carriedOver, .namesake),
            Facts(.initialAndSurname, .formerMailboxName), Facts(.surname, .formerMailboxName), Facts(.initialAndSurname, .middleInitial),
        ])
    func agreed(facts: Facts) {
        #expect(Strength(facts, namesTellApart: false) == .agreed)
    }

    @Test(
        "Something against, or one piece only, is for a person to look at",
        arguments: [
            Facts(.fullName), Facts(.fullName, .home), Facts(.fullName, .home, .alias, .directoryName), Facts(.fullName, .homeDepartment),
            Facts(.fullName, .home, .homeDepartment, .alias, .directoryName), Facts(.fullName, .home, .onlyBearer),
            Facts(.fullName, .home, .homeDepartment, .namesake), Facts(.fullName, .homeDepartment, .otherHome),
            Facts(.fullName, .middleInitial, .namesake),
            Facts(.fullName, .middleInitial, .namesake, .otherHome), Facts(.fullName, .middleInitial, .home, .sameName),
            Facts(.fullName, .alias, .carriedOver, .namesake, .otherHome), Facts(.fullName, .formerMailboxName, .sameName),
            Facts(.formerMailboxName),
            Facts(.surname, .formerMailboxName, .otherGivenName), Facts(.surname, .formerMailboxName, .namesake),
            Facts(.initialAndSurname, .middleInitial, .namesake), Facts(.initialAndSurname, .middleInitial, .otherHome),
            Facts(.initialAndSurname, .alias, .carriedOver, .home),
        ])
    func notAgreed(facts: Facts) {
        let strength = Strength(facts, namesTellApart: false)
        #expect(strength > .none && !strength.decidesAlone)
    }

    @Test(
        "The full name in the expected place decides, and is less than two independent pieces",
        arguments: [
            Facts(.fullName, .home, .homeDepartment, .onlyBearer), Facts(.fullName, .home, .homeDepartment, .onlyBearer, .alias),
        ])
    func placed(facts: Facts) {
        #expect(Strength(facts, namesTellApart: true) >= .placed)
        #expect(Strength(facts, namesTellApart: false) == .named)
        #expect(Strength.placed.decidesAlone && !Strength.placed.prevails(over: .weak) && Strength.agreed.prevails(over: .weak))
    }

    @Test("An alias made after the habit is a second piece only where names tell people apart")
    func habit() {
        let facts = Facts(.fullName, .alias, .directoryName)
        #expect(Strength(facts, namesTellApart: true) == .agreed)
        #expect(Strength(facts, namesTellApart: false) == .named)
    }

    @Test("A middle initial that agrees by chance with a namesake's does not decide between them")
    func middleInitialBesideNamesake() {
        let people = [mailbox("j1", "John Smith", initials: "Q"), mailbox("j2", "Jack Smith", initials: "R")]
        let decision = decide(row("JQS2", "John Smith"), people)
        #expect(decision.situation == .probable)
        #expect(decision.evidenceNames == ["full-name", "middle-initial", "namesake"])
    }

    @Test("An old mailbox name with the surname decides while the given names do not differ and nobody else fits")
    func formerNameWithSurname() {
        let owner = mailbox("c", "Christopher Smith", given: "Christopher", surname: "Smith", addresses: ["MS:OLDNET/PO7/CSM7"])
        #expect(decide(row("CSM7", "Chris Smith"), [owner]).situation == .certain)
        #expect(decide(row("CSM7", "Mary Smith"), [owner]).situation == .probable, "given names differ")
        let other = mailbox("d", "Carl Smith", given: "Carl", surname: "Smith")
        #expect(decide(row("CSM7", "Chris Smith"), [owner, other]).situation == .probable, "a namesake")
    }
}
