import Foundation
import TestSupport
import Testing

/// Issue 2, "Bad input": what can be wrong with the file's side.
@Suite("A file that cannot be used")
struct BadFileTests {
    /// One file, and what has to be said about it.
    struct BadFile: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var bytes: [UInt8]
        var status: Int32 = 65
        var phrases: [String]
    }

    private static let header = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Display-Name\r\n"

    static let files = [
        BadFile(testDescription: "empty", bytes: [], phrases: ["empty"]),
        BadFile(
            testDescription: "no header", bytes: Array("SMITHJ,John Smith,Y,Mailbox,Create,SMITHJ\r\n".utf8),
            phrases: ["SFS_UserName", "header"]),
        BadFile(
            testDescription: "UTF-16", bytes: [0xff, 0xfe] + header.utf16.flatMap { [UInt8($0 & 0xff), UInt8($0 >> 8)] },
            phrases: ["UTF-16"]),
        BadFile(
            testDescription: "a packing list", bytes: Array("1252\r\n\r\nCONTOSO.PRI,Primary\r\nCONTOSO.SEC,Secondary\r\n".utf8),
            phrases: ["bad.csv"]),
        BadFile(
            testDescription: "a directory export", bytes: Array("Obj-Class,First Name,Last name,Display Name,Alias Name\r\n".utf8),
            phrases: ["Obj-Class", "there is no column Common-Name (or Directory Name)"]),
        BadFile(
            testDescription: "missing column",
            bytes: Array("SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode\r\nA,B,Y,Mailbox,Create\r\n".utf8),
            phrases: ["Common-Name"]),
        BadFile(
            testDescription: "columns in another order",
            bytes: Array("SFS_UserName,SFS_FullName,Obj-Class,MigrateUser,Mode,Common-Name\r\nA,B,Mailbox,Y,Create,A\r\n".utf8),
            phrases: ["column 3"]),
    ]

    @Test("says where and what", arguments: files)
    func content(_ file: BadFile) throws {
        let work = try Workplace()
        try work.folder.write(file.bytes, to: "bad.csv")
        for command in ["check", "plan"] {
            let run = try work.run([command, "bad.csv"] + Workplace.connection(SampleServer.shared().uri))
            // `check` may have said what the directory is before it came to the file.
            if command == "plan" { expectRefusal(run, status: file.status, saying: ["bad.csv"] + file.phrases) }
            #expect(run.status == file.status, "\(command): \(run.errors)")
        }
        #expect(try work.newFiles() == ["bad.csv"])
    }

    @Test("A packing list by its name")
    func packingList() throws {
        let work = try Workplace()
        try work.folder.write("1252\r\n\r\nCONTOSO.PRI,Primary\r\n", to: "contoso.pkl")
        let run = try work.run(["plan", "contoso.pkl"] + Workplace.connection(SampleServer.shared().uri))
        expectRefusal(run, status: 65, saying: ["contoso.pkl", "packing list"])
    }

    @Test("A folder, a missing file, and one that cannot be read")
    func unreadable() throws {
        let work = try Workplace()
        let connection = Workplace.connection(try SampleServer.shared().uri)
        try work.folder.write("", to: "folder.csv/inside")
        expectRefusal(try work.run(["plan", "folder.csv"] + connection), status: 66, saying: ["folder.csv", "folder"])
        expectRefusal(try work.run(["plan", "missing.csv"] + connection), status: 66, saying: ["missing.csv", "no such file"])
        // Even root gets an error from reading this one.
        try FileManager.default.createSymbolicLink(atPath: work.folder["sick.csv"], withDestinationPath: "/proc/self/mem")
        let sick = try work.run(["plan", "sick.csv"] + connection)
        #expect([65, 66, 74].contains(sick.status), "\(sick.errors)")
        #expect(sick.errors.contains("sick.csv"))
    }

    @Test("A Directory Name that the file's code page cannot hold is a problem of its row")
    func notRepresentable() throws {
        let entry = LDIFEntry(
            "cn=ŁukaszW,\(SampleServer.container)", classes: ["top", "person", "organizationalPerson"],
            [
                ("structuralObjectClass", "organizationalPerson"), ("rdn", "ŁukaszW"), ("uid", "LukaszW"), ("cn", "Lukasz Wolny"),
                ("sn", "Wolny"),
                ("givenName", "Lukasz"), ("otherMailbox", "MIGRATE$MS:FAIRNET/WORKS/WOLNYL"),
            ])
        let slapd = try SampleServer.start { $0.database.content.append(.text(entry.text)) }
        let work = try Workplace()
        let list = """
            SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Display-Name,Secondary-Proxy-Addresses\r
            WOLNYL,Lukasz Wolny,Y,Mailbox,Create,WOLNYL,Lukasz Wolny,migrate:MS:FAIRNET/WORKS/WOLNYL\r

            """
        try work.folder.write(list, to: "one.csv")
        let plan = try work.run(["plan", "one.csv", "--encoding", "windows-1252"] + Workplace.connection(slapd.uri))
        #expect(plan.status == 3, "\(plan.errors)")
        #expect(plan.output.contains("ŁukaszW") || plan.errors.contains("ŁukaszW"))
        #expect(!plan.output.contains("certain"), "the row must wait for a person")
    }

    @Test("A plan that is truncated, of a newer version, or no plan at all")
    func plans() throws {
        let work = try Workplace()
        try work.plan()
        let plan = String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self)
        func refuse(_ text: String, _ phrases: String...) throws {
            try work.folder.write(text, to: "other.jsonl")
            let run = try work.run("apply", "other.jsonl", "--password-file", "password", "--output", "new.csv")
            expectRefusal(run, status: 65, saying: ["other.jsonl"] + phrases)
            #expect(!work.folder.contains("new.csv"))
        }
        try refuse(String(plan.prefix(plan.count / 2)), "plan")
        // Cut between two lines, where every line that is left is sound.
        try refuse(plan.split(separator: "\n").dropLast(3).joined(separator: "\n") + "\n", "plan")
        try refuse("SFS_UserName,SFS_FullName\r\n", "plan")
        try refuse("", "empty")
        try refuse(plan.replacing(#/"ldapReconcilePlan":\d+/#, with: "\"ldapReconcilePlan\":999", maxReplacements: 1), "newer", "999")
    }
}
