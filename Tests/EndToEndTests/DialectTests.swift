import Foundation
import TestSupport
import Testing

/// User lists that detection reads otherwise than they are meant.
@Suite("A dialect that is told")
struct DialectTests {
    struct List: Sendable, CustomTestStringConvertible {
        var testDescription: String
        /// What is told, by the setting's name.
        var told: [String: String]
        var text: String
        /// The file as corrected.
        var corrected: String
    }

    private static let header = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Comment"

    static let lists = [
        List(
            testDescription: "separator: more lines hold one comma, as the header does, than six semicolons", told: ["separator": ";"],
            text: "SFS_UserName;SFS_FullName;MigrateUser;Obj-Class;Mode;Common-Name;Site, floor\r\n"
                + "ROWEA;Rowe, Ann;Y;Mailbox;Create;ROWEA;\"room 1\r\ndesk 2, left\"\r\n",
            corrected: "SFS_UserName;SFS_FullName;MigrateUser;Obj-Class;Mode;Common-Name;Site, floor\r\n"
                + "ROWEA;Rowe, Ann;Y;Mailbox;;AnnR;\"room 1\r\ndesk 2, left\"\r\n"),
        List(
            testDescription: "quote: apostrophes that belong to the cells", told: ["quote": "\""],
            text: header
                + "\r\nROWEA,Ann Rowe,Y,Mailbox,Create,ROWEA,'x'\r\nB,'B',N,Mailbox,Create,B,'y'\r\nC,'t Hooft,N,Mailbox,Create,C,\r\n",
            corrected: header
                + "\r\nROWEA,Ann Rowe,Y,Mailbox,,AnnR,'x'\r\nB,'B',N,Mailbox,Create,B,'y'\r\nC,'t Hooft,N,Mailbox,Create,C,\r\n"),
        List(
            testDescription: "no quote: one that opens a cell and never closes", told: ["quote": "none"],
            text: header + "\r\nROWEA,Ann Rowe,Y,Mailbox,Create,\"ROWEA,19\" screen\r\n",
            corrected: header + "\r\nROWEA,Ann Rowe,Y,Mailbox,,AnnR,19\" screen\r\n"),
        List(
            testDescription: "line ends: a lone LF and a lone CR in a cell", told: ["line-ends": "crlf"],
            text: header + "\r\nROWEA,Ann Rowe,Y,Mailbox,Create,ROWEA,a\nb\rc\r\n",
            corrected: header + "\r\nROWEA,Ann Rowe,Y,Mailbox,,AnnR,a\nb\rc\r\n"),
    ]

    private static let directory = """
        dn: cn=AnnR,cn=Recipients,ou=HQ,o=ORG
        objectClass: organizationalPerson
        rdn: AnnR
        uid: arowe
        cn: Ann Rowe
        givenName: Ann
        sn: Rowe

        """

    private func workplace(_ list: List) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        try folder.write(list.text, to: "list.csv")
        try folder.write(Self.directory, to: "x.ldif")
        try folder.write("mailbox,recipient\nROWEA,arowe\n", to: "map.csv")
        return folder
    }

    private func run(_ folder: TemporaryFolder, _ arguments: [String], environment: [String: String] = [:]) throws -> ProgramRun.Result {
        try ProgramRun.run(arguments, environment: environment, directory: folder.path)
    }

    @Test("is what check, plan and apply read by, where detection reads another file", arguments: lists)
    func reading(_ list: List) throws {
        let folder = try workplace(list)
        let told = list.told.flatMap { ["--\($0)", $1] }
        let detected = try run(folder, ["check", "list.csv"])
        #expect(detected.status != 0, "detection reads it rightly: \(detected.output)")
        #expect(try run(folder, ["check", "list.csv"] + told).status == 0)
        let plan = try run(folder, ["plan", "list.csv", "--directory", "ldif:x.ldif", "--map", "map.csv"] + told)
        try #require(plan.status == 0, "\(plan.output)\(plan.errors)")
        let apply = try run(folder, ["apply", "list.csv.plan.jsonl"])
        try #require(apply.status == 0, "\(apply.errors)")
        #expect(String(decoding: try folder.read("list.corrected.csv"), as: UTF8.self) == list.corrected)
    }

    @Test("may be told in the environment and in the configuration file", arguments: lists)
    func places(_ list: List) throws {
        let folder = try workplace(list)
        let variables = list.told.map { ("LDAP_RECONCILE_" + $0.uppercased().replacing("-", with: "_"), $1) }
        #expect(try run(folder, ["check", "list.csv"], environment: Dictionary(uniqueKeysWithValues: variables)).status == 0)
        try folder.write(list.told.map { "\($0): \($1 == "\"" ? "'\"'" : "\"\($1)\"")\n" }.joined(), to: "conf.yaml")
        let check = try run(folder, ["check", "list.csv", "--config", "conf.yaml"])
        #expect(check.status == 0, "\(check.output)\(check.errors)")
    }

    @Test("that makes no sense is an error that says what was expected")
    func nonsense() throws {
        let folder = try workplace(Self.lists[0])
        expectRefusal(
            try run(folder, ["check", "list.csv", "--separator", "xy"]), status: 64, saying: ["--separator is 'xy'", "semicolon"])
        try folder.write("line-ends: dos\n", to: "conf.yaml")
        expectRefusal(
            try run(folder, ["check", "list.csv", "--config", "conf.yaml"]), status: 78,
            saying: ["conf.yaml:1:", "line-ends is 'dos'", "crlf"])
    }
}
