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
        #expect(Strength(facts) == .agreed)
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
        let strength = Strength(facts)
        #expect(strength > .none && !strength.decidesAlone)
    }

    @Test(
        "A name in full and something independent of it may decide where nobody else reaches, and is less than two pieces",
        arguments: [
            Facts(.fullName, .home), Facts(.fullName, .homeDepartment, .otherHome), Facts(.fullName, .alias, .namesake),
            Facts(.familiarName, .home), Facts(.partialName, .directoryName), Facts(.familiarName, .middleInitial),
            Facts(.partialName, .carriedOver, .directoryName, .otherHome),
        ])
    func supported(facts: Facts) {
        #expect(Strength.isSupported(facts) && !Strength(facts).decidesAlone)
        #expect(Strength.likely.decidesAlone && !Strength.likely.prevails(over: .weak) && Strength.agreed.prevails(over: .weak))
    }

    @Test(
        "A name alone, however rare, does not decide, nor does a short name without a full one, nor anything against which something speaks",
        arguments: [
            Facts(.fullName), Facts(.fullName, .onlyBearer), Facts(.familiarName), Facts(.partialName, .onlyBearer),
            Facts(.initialAndSurname, .home, .alias), Facts(.surname, .home, .alias), Facts(.fullName, .home, .sameName),
            Facts(.fullName, .home, .nearName), Facts(.fullName, .home, .otherMailbox), Facts(.fullName, .alias, .loneSuffix),
            Facts(.fullName, .alias, .otherNumber), Facts(.fullName, .alias, .otherHome), Facts(.familiarName, .alias, .directoryName),
            Facts(.familiarName, .alias, .carriedOver),
        ])
    func unsupported(facts: Facts) {
        #expect(!Strength.isSupported(facts))
    }

    @Test("A middle initial that agrees by chance with a namesake's does not decide between them")
    func middleInitialBesideNamesake() {
        let people = [mailbox("j1", "John Smith", initials: "Q"), mailbox("j2", "Jack Smith", initials: "R")]
        let decision = decide(row("JQS2", "John Smith"), people)
        #expect(decision.situation == .probable)
        #expect(decision.evidenceNames == ["full-name", "middle-initial", "only-bearer", "namesake"])
    }

    @Test("An old mailbox name with the surname decides while the given names do not differ and nobody else fits")
    func formerNameWithSurname() {
        let owner = mailbox("c", "Christopher Smith", given: "Christopher", surname: "Smith", addresses: ["MS:OLDNET/PO7/CSM7"])
        #expect(decide(row("CSM7", "Chris Smith"), [owner]).situation == .certain)
        #expect(decide(row("CSM7", "Mary Smith"), [owner]).situation == .probable, "given names differ")
        let other = mailbox("d", "Carl Smith", given: "Carl", surname: "Smith")
        #expect(decide(row("CSM7", "C. Smith"), [owner, other]).situation == .ambiguous, "a namesake")
        let christian = mailbox("e", "Christian Smith", given: "Christian", surname: "Smith")
        #expect(decide(row("CSM7", "Chris Smith"), [owner, christian]).situation == .ambiguous, "Chris may be either")
    }
}
