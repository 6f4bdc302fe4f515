import Foundation
import TestSupport
import Testing

/// What `apply` writes beside the corrected file, or in its place.
@Suite("The files around the corrected one")
struct OutputsTests {
    private let work: Workplace

    init() throws {
        work = try Workplace()
        let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))", "--profile", "exchange55"]
        let plan = try work.run(["plan", "users.csv"] + directory + SampleServer.planOptions)
        try #require(plan.status == 3, "\(plan.errors)")
    }

    private func apply(_ options: String...) throws -> ProgramRun.Result { try work.run(["apply", "users.csv.plan.jsonl"] + options) }

    private func lines(_ name: String) throws -> [String] {
        // The sample is windows-1252, of which it uses nothing beyond Latin 1.
        let text = String(data: Data(try work.folder.read(name)), encoding: .isoLatin1) ?? ""
        return text.components(separatedBy: "\r\n").filter { !$0.isEmpty }
    }

    /// The lines of a user list up to its header, and its rows.
    private func list(_ name: String) throws -> (head: [String], rows: [String]) {
        let lines = try lines(name)
        let header = try #require(lines.firstIndex { $0.hasPrefix("SFS_UserName,") })
        return (Array(lines[...header]), Array(lines[(header + 1)...]))
    }

    private func mailboxName(_ row: String) -> String { String(row.prefix { $0 != "," }).filter { $0 != "\"" } }

    /// The situations of the plan's rows, by mailbox name.
    private func situations() throws -> [String: String] {
        var found: [String: String] = [:]
        for line in String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self).split(separator: "\n") {
            let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            if let name = object?["mailboxName"] as? String { found[name] = object?["situation"] as? String }
        }
        return found
    }

    @Test("--split-by-container: every row is in one part, in its order and as in the whole corrected file, under the header")
    func split() throws {
        #expect(try apply("--output", "whole.csv").status == 3)
        let run = try apply("--split-by-container")
        #expect(run.status == 3 && run.output.contains("users.corrected.BRISTOL-Recipients.csv: "), "\(run.output)\(run.errors)")
        let parts = try work.newFiles().filter { $0.hasPrefix("users.corrected.") && $0.hasSuffix(".csv") }
        #expect(!run.errors.contains("is called like a part"))
        try work.folder.write("rows of an earlier run", to: "users.corrected.ROME.csv")
        let again = try apply("--split-by-container", "--replace")
        #expect(again.errors.contains("users.corrected.ROME.csv is called like a part and is none of this run"), "\(again.errors)")
        #expect(again.errors.split(separator: "\n").count { $0.contains("is called like a part") } == 1, "\(again.errors)")
        #expect(parts.contains("users.corrected.new.csv") && parts.contains("users.corrected.rest.csv"))
        #expect(!parts.contains("users.corrected.csv"))
        let whole = try list("whole.csv")
        let inParts = try parts.map(list)
        for part in inParts {
            #expect(part.head == whole.head)
            var rest = whole.rows[...]
            for row in part.rows { rest = rest[(try #require(rest.firstIndex(of: row)) + 1)...] }
        }
        #expect(inParts.flatMap(\.rows).sorted() == whole.rows.sorted())
    }

    @Test("undo takes a part back as it does the whole file, and says by what one differs that was changed since")
    func undoOfParts() throws {
        #expect(try apply("--split-by-container").status == 3)
        let name = "users.corrected.BRISTOL-Recipients.csv"
        let text = String(decoding: try work.folder.read(name), as: UTF8.self)
        try work.folder.write(text.replacing(",ChidiO,", with: ",ChidiX,"), to: name)
        let row = try #require(list(name).rows.first { $0.contains("ChidiX") })
        let line = try #require(lines(name).firstIndex(of: row)) + 1
        expectRefusal(
            try work.run("undo", name), status: 5,
            saying: ["Line \(line) (OKONKWOC)", "ChidiO", "ChidiX", "the journal has the changed cells alone"])
        #expect(try work.run("undo", "users.corrected.new.csv").status == 0)
        #expect(try work.newFiles().contains("users.corrected.new.csv.undone"))
    }

    @Test("--only-certain has the rows whose mailbox is certain; --rejects those that wait, as they stood")
    func certainAndRejects() throws {
        let run = try apply("--only-certain", "--rejects", "left.csv")
        #expect(run.status == 3, "\(run.errors)")
        let situations = try situations()
        let (source, certain, left) = (try list("users.csv"), try list("users.corrected.certain.csv"), try list("left.csv"))
        for row in certain.rows { #expect(["certain", "correct"].contains(situations[mailboxName(row)]), "\(row)") }
        #expect(certain.rows.count == situations.values.count { $0 == "certain" || $0 == "correct" })
        #expect(certain.head == source.head && left.head == source.head)
        #expect(Set(left.rows).isSubset(of: source.rows) && left.rows.count > 10)
        for row in left.rows { #expect(!["certain", "correct", "absent", "skipped"].contains(situations[mailboxName(row)]), "\(row)") }
    }

    @Test("KB Q198957: --control-file is for the wizard's command line, with its Mode first, and makes neither mailboxes nor accounts")
    func controlFile() throws {
        #expect(try apply("--control-file", "import.ctl").status == 3)
        let control = try lines("import.ctl")
        #expect(control.first == "Mode,MSMAILPC")
        for line in ["Function,IMPORT", "File,users.corrected.csv", "Container,Recipients", "Mailbox,FALSE", "NTAccounts,NO"] {
            #expect(control.contains(line), "\(control)")
        }
        #expect(control.allSatisfy { $0.hasPrefix("!") || $0.split(separator: ",").count == 2 })
    }

    @Test("KB Q242184: --address-import gives certain mailboxes the MIGRATE address that they lack, and says how to import it")
    func addressImport() throws {
        let run = try apply("--address-import", "addresses.csv")
        #expect(run.errors.contains("\"Append\""), "\(run.errors)")
        let rows = try lines("addresses.csv")
        #expect(rows.first == "Obj-Class,Mode,Common-Name,Secondary-Proxy-Addresses" && rows.count > 1)
        let situations = try situations()
        for row in rows.dropFirst() {
            let cells = row.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            #expect(cells.count == 4 && cells[0] == "Mailbox" && cells[1] == "Modify" && cells[3].hasPrefix("migrate:MS:FAIRNET/WORKS/"))
            #expect(["certain", "correct"].contains(situations[String(cells[3].split(separator: "/").last ?? "")]), "\(row)")
        }
    }

    @Test("--diff shows the lines that changed, as a unified diff that patch takes")
    func difference() throws {
        let run = try apply("--diff")
        let diff = run.output.split(separator: "\n", omittingEmptySubsequences: false).drop { !$0.hasPrefix("--- ") }
        #expect(diff.first == "--- users.csv" && diff.dropFirst().first == "+++ users.corrected.csv")
        let (old, new) = (try lines("users.csv"), try lines("users.corrected.csv"))
        let (removed, added) = (diff.dropFirst(2).filter { $0.hasPrefix("-") }, diff.dropFirst(2).filter { $0.hasPrefix("+") })
        #expect(removed.map { String($0.dropFirst()) } == zip(old, new).filter { $0 != $1 }.map(\.0))
        #expect(added.map { String($0.dropFirst()) } == zip(old, new).filter { $0 != $1 }.map(\.1))
        #expect(try apply("--output", "other.csv", "--diff", "--json").status == 64)
    }

    @Test("Nothing is written where one of the files may not be, or two have one name")
    func refusals() throws {
        try work.folder.write("mine", to: "import.ctl")
        let before = try work.newFiles()
        expectRefusal(
            try apply("--control-file", "import.ctl"), status: 73, saying: ["import.ctl: the file exists already; choose another name"])
        expectRefusal(try apply("--control-file", "import.ctl", "--replace"), status: 73, saying: ["another kind of file"])
        expectRefusal(try apply("--rejects", "users.corrected.csv"), status: 64, saying: ["have one name. Nothing was written"])
        expectRefusal(try apply("--rejects", "users.csv"), status: 64, saying: ["have one name"])
        for same in [
            "./users.corrected.csv", "../\(work.folder.path.split(separator: "/").last ?? "")/users.csv",
            "users.corrected.csv.applied.jsonl",
        ] {
            expectRefusal(try apply("--rejects", same, "--replace"), status: 64, saying: ["have one name"])
        }
        for (path, text) in [("/dev/null", "a pipe, a socket or a device"), (".", "a folder"), ("nofolder/left.csv", "does not exist")] {
            expectRefusal(try apply("--rejects", path), status: 73, saying: [text])
        }
        expectRefusal(try apply("--rejects", ""), status: 64, saying: ["--rejects is empty"])
        #expect(try work.newFiles() == before)
        #expect(try apply("--control-file", "other.ctl").status == 3)
        #expect(try apply("--control-file", "other.ctl", "--replace").status == 3)
        #expect(try work.newFiles().contains("other.ctl.previous"))
    }
}

/// Kinds of files beside the user list.
@Suite("Other kinds of files")
struct FileKindTests {
    private let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))", "--profile", "exchange55"]

    @Test("A directory import file is known by its header, and its rows are made to point at the mailboxes")
    func directoryImport() throws {
        let work = try Workplace()
        let text = """
            Obj-Class,Mode,Directory Name,Display Name,Alias Name,E-mail Addresses\r
            Mailbox,Create,OKONKWOC,Chidi Okonkwo,OKONKWOC,MS:FAIRNET/WORKS/OKONKWOC\r
            Mailbox,Create,NEWP,New Person,NEWP,\r

            """
        try work.folder.write(text, to: "import.csv")
        let plan = try work.run(["plan", "import.csv"] + directory)
        #expect(plan.status == 0 && !plan.output.contains("The import, by"), "\(plan.output)\(plan.errors)")
        #expect(try work.run("apply", "import.csv.plan.jsonl").status == 0)
        let corrected = String(decoding: try work.folder.read("import.corrected.csv"), as: UTF8.self)
        #expect(corrected == text.replacing("Mailbox,Create,OKONKWOC", with: "Mailbox,Modify,ChidiO"))
        for option in ["--control-file", "--address-import"] {
            let run = try work.run("apply", "import.csv.plan.jsonl", "--output", "other.csv", option, "side.txt")
            expectRefusal(run, status: 64, saying: ["\(option) is for the Migration Wizard's user list", "Nothing was written"])
        }
        #expect(try !work.newFiles().contains("other.csv"))
        #expect(try work.run(["plan", "import.corrected.csv"] + directory + ["--check"]).status == 0)
    }

    @Test("Of a file for Exchange Online the address is written, and a password is nowhere else than in the file")
    func imap() throws {
        let work = try Workplace()
        let text =
            "EmailAddress,UserName,Password\r\nold@x.example,cokonkwo,Zx9-secret\r\nCOKONKWO@fairholm.example,cokonkwo2,Zx9-secret\r\n"
        try work.folder.write(text, to: "imap.csv")
        let key = ["--key-column", "UserName", "--key-attribute", "uid"]
        for arguments in [
            ["check", "imap.csv"], ["plan", "imap.csv", "-v"] + key + directory, ["apply", "imap.csv.plan.jsonl", "--diff"],
        ] {
            let run = try work.run(arguments)
            #expect(!(run.output + run.errors).contains("Zx9"), "\(run.output)\(run.errors)")
        }
        let corrected = String(decoding: try work.folder.read("imap.corrected.csv"), as: UTF8.self)
        #expect(corrected == text.replacing("old@x.example", with: "cokonkwo@fairholm.example"))
        for name in try work.newFiles() where !name.hasSuffix(".csv") {
            #expect(!String(decoding: try work.folder.read(name), as: UTF8.self).contains("Zx9"), "\(name)")
        }
    }

    @Test("A kind that is not known, and a kind's file that cannot be read or used, are clear errors")
    func faults() throws {
        let work = try Workplace()
        try work.folder.write("name: x\ncolumns: {mailboxName: A}\nleading: [A]\nwrits: []\n", to: "own.yaml")
        for (kind, status, phrases) in [
            ("klingon", 64, ["--file-kind is 'klingon'", "exchange-online-imap"]),
            ("none.yaml", 66, ["The kind of file 'none.yaml' cannot be read"]),
            ("own.yaml", 78, ["own.yaml:4:1: unknown key 'writs'; did you mean 'writes'?"]),
        ] as [(String, Int32, [String])] {
            expectRefusal(try work.run(["plan", "users.csv"] + directory + ["--file-kind", kind]), status: status, saying: phrases)
        }
    }
}
