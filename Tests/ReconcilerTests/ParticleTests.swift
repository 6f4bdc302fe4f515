import Records
import Testing

@testable import Reconciler

@Suite("Particles, letters and surnames of several words")
struct ParticleTests {
    @Test("A first letter and a surname with a particle are no two names")
    func letterBesideParticle() {
        let paul = mailbox("kwv", "Paul Da Silva", given: "Paul", surname: "Da Silva")
        let decision = decide(row("QZX", "P. Da Silva"), [paul, ursulaKrause])
        #expect(decision.situation == .probable && decision.evidenceNames.contains("initial-and-surname"), "\(decision)")
        #expect(!decide(row("QZX", "D. Silva"), [paul, ursulaKrause]).evidenceNames.contains("initial-and-surname"))
    }

    @Test("A word that links other names is a name where there is one other", arguments: ["Al Arnold", "Arnold, Al"])
    func nameInLink(name: String) {
        let albert = mailbox("kwv", "Albert Arnold", given: "Albert", surname: "Arnold")
        #expect(decide(row("QZX", name), [albert, ursulaKrause]).evidenceNames.contains("familiar-name"))
        let al = mailbox("kwv", "Al Arnold", given: "Al", surname: "Arnold")
        #expect(decide(row("QZX", name), [al, ursulaKrause]).evidenceNames.contains("full-name"))
    }

    @Test(
        "A letter of the surname is no middle initial",
        arguments: [
            ("Piet van 't Hof", "Piet", "van 't Hof"), ("Mario D Angelo", "Mario", "D Angelo"), ("Kees v.d. Berg", "Kees", "v.d. Berg"),
            ("Piet van 't Hof", "", ""),
        ])
    func particles(name: String, given: String, surname: String) {
        let people = [mailbox("x1", name, given: given, surname: surname), mailbox("j2", "Ann Miller", given: "Ann", surname: "Miller")]
        let decision = decide(row("QZX", name), people)
        #expect(decision.evidenceNames.contains("full-name"))
        #expect(!decision.evidenceNames.contains("middle-initial"))
        #expect(decision.situation == .probable)
    }

    @Test(
        "A letter that may be a surname's contradicts another one all the same",
        arguments: [
            ("Van T Nguyen", "Nguyen, Van P", "", ""), ("Al T Stone", "Al P Stone", "", ""),
            ("Mary K Smith", "Mary J Smith", "Mary", "J Smith"),
        ])
    func otherLetters(name: String, display: String, given: String, surname: String) {
        let people = [mailbox("x1", display, given: given, surname: surname), mailbox("j2", "Ann Miller", given: "Ann", surname: "Miller")]
        let decision = decide(row("X1", name), people)
        #expect(decision.situation == .probable && decision.evidenceNames.contains("other-middle-initial"), "\(decision)")
    }

    @Test("A middle initial is one beside a surname with a particle, too")
    func initialBesideParticle() {
        let people = [mailbox("x1", "Piet D. van 't Hof", given: "Piet D.", surname: "van 't Hof"), mailbox("j2", "Ann Miller")]
        #expect(decide(row("QZX", "Piet D. van 't Hof"), people).evidenceNames.contains("middle-initial"))
    }

    @Test("An Irish O is no middle initial, and contradicts none")
    func irishO() {
        let people = [mailbox("x1", "Olive Ó Curraidh"), mailbox("j2", "Ann Miller")]
        let decision = decide(row("QZX", "Olive O Curraidh"), people)
        #expect(decision.evidenceNames.contains("full-name") && !decision.evidenceNames.contains("middle-initial"))
        #expect(!decision.evidenceNames.contains("other-middle-initial"))
        let other = decide(row("QZX", "John O. Smith"), [mailbox("x1", "John B. Smith", given: "John B.", surname: "Smith"), people[1]])
        #expect(other.evidenceNames.contains("other-middle-initial"))
    }

    @Test("Two surnames are no given name and surname: a first letter beside them has to be somebody's")
    func twoSurnames() {
        func evidence(_ given: String) -> [String] {
            let one = mailbox("x1", "\(given) Báez Acosta", given: given, surname: "Báez Acosta")
            return decide(row("QZX", "R. Baez Acosta"), [one, ursulaKrause]).evidenceNames
        }
        #expect(evidence("Rosa").contains("partial-name"))
        let oswaldo = evidence("Oswaldo")
        #expect(!oswaldo.contains("partial-name") && !oswaldo.contains("initial-and-surname"), "\(oswaldo)")
        let arce = mailbox("x1", "Wilfrido Arce Garica", given: "Wilfrido", surname: "Arce Garica")
        #expect(!decide(row("QZX", "A. Garica"), [arce, ursulaKrause]).evidenceNames.contains("initial-and-surname"))
    }
}
