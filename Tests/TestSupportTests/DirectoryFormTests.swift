import Foundation
import Records
import TestSupport
import Testing

@Suite("The sample people")
struct DirectoryFormTests {
    private func count(_ slapd: PrivateSlapd, _ arguments: String..., name: String = "", password: String = "") throws -> (Int, Int32) {
        let all = ["-x", "-LLL", "-H", slapd.uri, "-b", slapd.suffix, "-D", name, "-w", password, "(sn=*)", "dn"] + arguments
        let run = try ProgramRun.run(all, executable: "/usr/bin/ldapsearch")
        return (("\n" + run.output).components(separatedBy: "\ndn:").count - 1, run.status)
    }

    @Test("are served in every form", arguments: DirectoryForm.allCases)
    func forms(_ form: DirectoryForm) throws {
        let people = SamplePeople.make(200)
        let slapd = try PrivateSlapd(form.configuration(people))
        let expected = form.recipients(of: people)
        let found = try slapd.search("(|(sn=*)(objectClass=groupOfNames)(objectClass=group))", "dn")
        #expect(("\n" + found).components(separatedBy: "\ndn:").count - 1 == expected.count)
    }

    @Test("are the same for the same seed")
    func seed() {
        #expect(SamplePeople.make(50, seed: 7) == SamplePeople.make(50, seed: 7))
        #expect(SamplePeople.make(50, seed: 7) != SamplePeople.make(50, seed: 8))
    }

    @Test("are guarded as Exchange 5.5 guards them")
    func exchange() throws {
        let people = SamplePeople.make(300)
        let view = try Exchange55View(people)
        let named = people.filter { !$0.surname.isEmpty }
        let visible = named.filter { !$0.isHidden }
        let paging = ["-E", "pr=100/noprompt"]
        #expect(try count(view.slapd, paging[0], paging[1], name: Exchange55View.adminName, password: "migpw") == (named.count, 0))
        #expect(try count(view.slapd, paging[0], paging[1], name: Exchange55View.readerName, password: "migpw") == (visible.count, 0))
        #expect(try count(view.slapd, name: Exchange55View.readerName, password: "migpw") == (100, 4))
        #expect(try count(view.slapd).1 == 32)
        #expect(try count(view.slapd, name: Exchange55View.readerName, password: "wrong").1 == 49)
        let first = try view.slapd.search("(rdn=\(people[0].directoryName))", "cn")
        #expect(!first.contains("cn: \(people[0].directoryName)"), "cn must be the display name alone")
    }
}
