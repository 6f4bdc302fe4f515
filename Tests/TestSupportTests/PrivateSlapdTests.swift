import Foundation
import TestSupport
import Testing

@Suite("A private slapd")
struct PrivateSlapdTests {
    static let people = """
        dn: o=Test
        objectClass: organization
        o: Test

        dn: cn=jsmith,o=Test
        objectClass: inetOrgPerson
        cn: jsmith
        sn: Smith

        """

    @Test("answers as soon as it is made, takes changes, and is gone with its folder when it is let go")
    func life() throws {
        var slapd: PrivateSlapd? = try PrivateSlapd(SlapdConfiguration(content: Self.people))
        #expect(try slapd?.search("(sn=smith)", "cn").contains("cn: jsmith") == true)
        try slapd?.add("dn: cn=new,o=Test\nobjectClass: person\ncn: new\nsn: New\n")
        try slapd?.modify("dn: cn=jsmith,o=Test\nchangetype: delete\n")
        #expect(try slapd?.search("(objectClass=person)", "dn") == "dn: cn=new,o=Test\n\n")
        let process = try #require(slapd?.process)
        let folder = try #require(slapd?.folder.path)
        slapd = nil
        #expect(!process.isRunning)
        #expect(!TemporaryFolderTests.exists(folder))
    }

    @Test("keeps its data and its port over a stop, a kill and a pause")
    func restart() throws {
        let slapd = try PrivateSlapd(SlapdConfiguration(content: Self.people))
        let port = slapd.port
        slapd.stop()
        #expect(slapd.process == nil)
        try slapd.start()
        slapd.kill()
        try slapd.start()
        #expect(slapd.port == port)
        slapd.pause()
        slapd.resume()
        #expect(try slapd.search("-s", "base", "o").contains("o: Test"))
    }

    @Test("says what slapd said when its entries or its settings are wrong")
    func wrongSettings() throws {
        #expect { try PrivateSlapd(SlapdConfiguration(content: "dn: o=Test\nobjectClass: nonsense\n")) } throws: {
            "\($0)".contains("nonsense")
        }
        var configuration = SlapdConfiguration()
        configuration.lines = ["nonsense on"]
        #expect { try PrivateSlapd(configuration) } throws: { "\($0)".contains("nonsense") }
    }

    @Test("shows every certificate there is", arguments: TestPKI.Certificate.allCases)
    func certificates(_ certificate: TestPKI.Certificate) throws {
        var configuration = SlapdConfiguration(content: Self.people)
        configuration.certificate = .good
        let slapd = try PrivateSlapd(configuration)
        try slapd.use(certificate)
        let shown = try ProgramRun.run(
            ["s_client", "-connect", "127.0.0.1:\(slapd.tlsPort)", "-showcerts"], executable: "/usr/bin/openssl")
        let file = try String(contentsOfFile: TestPKI.shared().certificateFile(certificate), encoding: .utf8)
        #expect(shown.output.contains(file.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
