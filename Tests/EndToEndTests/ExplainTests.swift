import Foundation
import TestSupport
import Testing

@Suite("explain")
struct ExplainTests {
    private static func person(_ name: String, _ attributes: (name: String, value: String)...) -> String {
        LDIFEntry(
            "cn=\(name),\(SampleServer.container)", classes: ["top", "person", "organizationalPerson"],
            [("structuralObjectClass", "organizationalPerson"), ("rdn", name)] + attributes
        ).text
    }

    /// The row is absent on one server; on the other there is somebody by each thing that a decision looks for.
    @Test("gives for an absent row a search that finds whoever is called so, by mailbox name, full name and address")
    func searchForAbsent() throws {
        let work = try Workplace()
        let list = """
            SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Display-Name,Secondary-Proxy-Addresses\r
            ZOLAQ,Quentin Zola,Y,Mailbox,Create,ZOLAQ,Quentin Zola,migrate:MS:FAIRNET/WORKS/ZOLAQ\r

            """
        try work.folder.write(list, to: "one.csv")
        let empty = try SampleServer.shared().uri
        #expect(try work.run(["plan", "one.csv"] + Workplace.connection(empty)).status == 0)
        let explained = try work.run("explain", "one.csv.plan.jsonl", "ZOLAQ").output
        #expect(explained.contains("absent"))
        let line = try #require(explained.split(separator: "\n").last).trimmingCharacters(in: .whitespaces)
        let people = [
            Self.person("one", ("uid", "zolaq"), ("cn", "x")), Self.person("two", ("uid", "b"), ("cn", "Quentin Zola")),
            Self.person("three", ("uid", "c"), ("cn", "x"), ("givenName", "Quentin M."), ("sn", "Zola")),
            Self.person("four", ("uid", "d"), ("cn", "x"), ("otherMailbox", "MS$FAIRNET/WORKS/ZOLAQ")),
            Self.person("five", ("uid", "e"), ("cn", "x"), ("mail", "zolaq@fairholm.example")),
            Self.person("other", ("uid", "f"), ("cn", "Quentin Zolar"), ("otherMailbox", "MS$FAIRNET/WORKS/ZOLAQU")),
        ]
        let full = try SampleServer.start { $0.database.content.append(.text(people.joined())) }
        let search = line.replacing(empty, with: full.uri).replacing(" -W ", with: " -w \(Exchange55View.password) ")
        let found = try ProgramRun.run(["-c", search], executable: "/bin/sh")
        let names = found.output.split(separator: "\n").filter { $0.hasPrefix("rdn: ") }.map { $0.dropFirst(5) }
        #expect(Set(names) == ["one", "two", "three", "four", "five"], "\(search)\n\(found.errors)")
    }
}
