import Records
import Testing

@testable import Workflow

@Suite("Names and texts of the files around the corrected one")
struct OutputsTests {
    @Test("A word is put before the suffix, or at the end of a name without one")
    func inserted() {
        for (path, expected) in [
            ("users.csv", "users.new.csv"), ("a.b/users", "a.b/users.new"), ("dir/.hidden", "dir/.hidden.new"),
            ("u.csv.txt", "u.csv.new.txt"),
        ] {
            #expect(OutputName.inserting("new", into: path) == expected)
        }
    }

    @Test("Containers get words of their own that are safe in a file's name")
    func words() {
        let dns = [
            "cn=Recipients,ou=BRISTOL,o=Org", "cn=Sales,cn=Recipients,ou=BRISTOL,o=Org", "OU=London,OU=Users,DC=corp,DC=example",
            "cn=recipients,ou=Bristol,o=Org", "cn=../../x\u{1B}\\,y,o=Org", "o=Org", "cn=new,o=Org",
        ]
        let words = OutputName.words(ofContainers: dns)
        #expect(words[dns[0]] == "BRISTOL-Recipients" || words[dns[0]] == "BRISTOL-Recipients-2")
        #expect(words[dns[1]] == "BRISTOL-Recipients-Sales" && words[dns[2]] == "Users-London" && words[dns[5]] == "container")
        #expect(words[dns[4]] == "______x__y")
        #expect(words[dns[6]] == "new-2")
        #expect(Set(words.values.map { $0.lowercased() }).count == dns.count)
    }

    @Test("KB Q198957: the control file's container is its path by directory names")
    func containerPath() {
        #expect(ControlFile.path(ofContainer: "cn=accnting,cn=users,cn=Recipients,ou=SITE,o=ORG") == "Recipients/cn=users/cn=accnting")
        #expect(ControlFile.path(ofContainer: "cn=Recipients,ou=SITE,o=ORG") == "Recipients")
        #expect(ControlFile.path(ofContainer: "ou=Users,dc=corp,dc=example") == nil)
    }
}
