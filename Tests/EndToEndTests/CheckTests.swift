import Foundation
import TestSupport
import Testing

@Suite("The first page of a migration")
struct CheckTests {
    private func json(_ run: ProgramRun.Result) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(run.standardOutput)) as? [String: Any])
    }

    @Test("says what the sample's directory holds, in lines that fit a terminal of 100 columns")
    func sample() throws {
        let work = try Workplace()
        let run = try work.run(["check", "--connections", "2"] + Workplace.connection(SampleServer.shared().uri))
        #expect(run.status == 0, "\(run.errors)")
        for line in run.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        let start = try #require(run.output.range(of: "  read  ")).lowerBound
        #expect(
            run.output[start...] == """
                  read         51 entries in 3 pages of up to 1000 over 2 connections
                  result       0 (success)
                  limits       none met: each of 3 parts fitted into a page of up to 1000 entries
                  mailboxes    47
                  contacts     1
                  lists        2
                  pub. folders 1
                  hidden       1 of the recipients, from the address book
                  not shown    Extension-Attribute-1, Is-Deleted, Target-Address, department, initials: no mailbox
                               has a value that this account sees
                  complete     yes: 'no such mailbox' can be said

                Containers
                     47  cn=Recipients,ou=BRISTOL,o=Fairholm Instruments
                      4  cn=Recipients,ou=LEITH,o=Fairholm Instruments

                Home servers of the mailboxes
                     43  BRS-EX1
                      4  LTH-EX1

                Aliases of the mailboxes
                     41  the same as the Directory Name
                      6  differs from the Directory Name

                Recipients with an address of type
                     51  SMTP
                     48  MS
                     47  X400
                     17  MIGRATE

                Postoffices in addresses
                     MS  MIGRATE  NETWORK/POSTOFFICE
                     44        0  FAIRHOLM/BRISTOL  taken for Exchange's own: no evidence
                      5       17  FAIRNET/WORKS
                      4        0  FAIRHOLM/LEITH    taken for Exchange's own: no evidence


                """, "\(run.output)")
    }

    @Test("lists Common-Names that two rows share with both lines, also across files, and plan lets no such row pass that would update")
    func sharedCommonNames() throws {
        let folder = try TemporaryFolder()
        let header = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Secondary-Proxy-Addresses\r\n"
        let rows = [
            "MADE1,Ulf Madeone,Y,Mailbox,Create,MADEB,migrate:MS:NET/PO/MADE1\r\n",
            "MADE3,Ute Madethree,Y,Mailbox,Update,MadeB,migrate:MS:NET/PO/MADE3\r\n",
            "MADE4,Uwe Madefour,N,Mailbox,Update,MADEB,migrate:MS:NET/PO/MADE4\r\n",
        ]
        try folder.write(header + rows.joined(), to: "users.csv")
        try folder.write(header + rows[0], to: "a.csv")
        try folder.write(header + rows[1], to: "b.csv")
        let one = try ProgramRun.run(["check", "users.csv"], directory: folder.path)
        #expect(one.status == 3)
        #expect(one.output.contains("users.csv:2:6: the Common-Name MADEB stands on line 3 too: in one container"), "\(one.output)")
        #expect(one.output.contains("users.csv:3:6: the Common-Name MadeB stands on line 2 too: in one container"), "\(one.output)")
        #expect(!one.output.contains("users.csv:4:6"), "\(one.output)")
        let two = try ProgramRun.run(["check", "a.csv", "b.csv"], directory: folder.path)
        #expect(two.output.contains("b.csv:2:6: the Common-Name MadeB stands on line 2 of a.csv too"), "\(two.output)")
        #expect(try ProgramRun.run(["check", "a.csv"], directory: folder.path).status == 0)
        let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))", "--profile", "exchange55"]
        for files in [["users.csv"], ["a.csv", "b.csv"]] {
            let plan = try ProgramRun.run(["plan"] + files + directory, directory: folder.path)
            #expect(plan.status == 3, "\(plan.output)")
            #expect(plan.output.contains("would update SOMEBODY ELSE'S mailbox, the one that it makes for MADE1"), "\(plan.output)")
        }
    }

    @Test("shows every file that can be read, whatever is wrong with the others, and ends with the first error's status")
    func severalFiles() throws {
        let work = try Workplace()
        try work.folder.write("", to: "empty.csv")
        let files = ["users.csv", "empty.csv", "missing.csv"]
        let run = try work.run(["check"] + files)
        #expect(run.status == 65, "\(run.errors)")
        #expect(run.output.contains("File users.csv (5536 bytes)") && run.output.contains("users.csv:47:11"), "\(run.output)")
        #expect(!run.output.contains("empty.csv"), "\(run.output)")
        let errors = run.errors.split(separator: "\n")
        #expect(errors.count == 2, "\(run.errors)")
        #expect(errors.first?.hasPrefix("ldap-reconcile: empty.csv: the file is empty") == true, "\(run.errors)")
        #expect(errors.last?.hasPrefix("ldap-reconcile: missing.csv: there is no such file") == true, "\(run.errors)")
        let result = try json(try work.run(["check", "--json"] + files))
        #expect((result["files"] as? [Any])?.count == 1)
        let failures = try #require(result["errors"] as? [[String: Any]])
        #expect(failures.map { $0["status"] as? Int } == [65, 66])
        expectRefusal(try work.run(["check", "empty.csv", "missing.csv"]), status: 65, saying: ["empty.csv", "missing.csv"])
        #expect(try json(try work.run(["check", "--json", "users.csv"]))["errors"] == nil)
    }

    @Test("shows the files although the directory cannot be read, and the directory although a file cannot")
    func oneSide() throws {
        let work = try Workplace()
        let server = try SampleServer.shared()
        let limited = try SampleServer.start { $0.database.limits = ["* size.soft=20 size.hard=20 size.prtotal=30"] }
        try work.folder.write("wrong-donkey\n", to: "wrong")
        #expect(try ProgramRun.run(["600", work.folder["wrong"]], executable: "/bin/chmod").status == 0)
        for (connection, status) in [
            (["--directory", "ldap://127.0.0.1:1"], 69), (Workplace.connection(server.uri, password: "wrong"), 77),
            (Workplace.connection(server.uri, base: "o=Nobody"), 78), (Workplace.connection(limited.uri), 4),
        ] as [([String], Int32)] {
            let run = try work.run(["check", "users.csv"] + connection)
            #expect(run.status == status, "\(run.errors)")
            // What the server says of itself is shown once it took the login.
            let isKnown = status != 69 && status != 77
            #expect(run.output.hasPrefix(isKnown ? "Directory ldap://127.0.0.1:" : "File users.csv"), "\(run.output)")
            #expect(run.output.contains("\nFile users.csv") != run.output.hasPrefix("File users.csv") && !run.errors.isEmpty)
            #expect(run.output.contains("  product      OpenLDAP") == isKnown, "\(run.output)")
            #expect(run.output.contains("  contexts     o=Fairholm Instruments; ") == isKnown, "\(run.output)")
            #expect(run.output.contains("  not read     see the error for why\n") == isKnown, "\(run.output)")
            let shown = try json(work.run(["check", "users.csv", "--json"] + connection))
            #expect((shown["server"] as? [String: Any])?["supportsPaging"] as? Bool == (isKnown ? true : nil))
            #expect(shown["directory"] == nil && (shown["errors"] as? [Any])?.count == 1)
        }
        let run = try work.run(["check", "missing.csv"] + Workplace.connection(server.uri))
        #expect(run.status == 66 && run.errors.contains("missing.csv"), "\(run.errors)")
        #expect(run.output.contains("mailboxes    47"), "\(run.output)")
    }

    @Test("has the same for programs, and says the same of an export")
    func programs() throws {
        let work = try Workplace()
        let server = try json(work.run(["check", "--json", "--connections", "2"] + Workplace.connection(SampleServer.shared().uri)))
        let file = try json(work.run("check", "--json", "--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))"))
        let directory = try #require(server["directory"] as? [String: Any])
        let survey = try #require(directory["survey"] as? NSDictionary)
        #expect(survey["recipients"] as? Int == 51 && survey["hidden"] as? Int == 1 && survey["deleted"] as? Int == 0)
        #expect(survey["aliases"] as? [String: Int] == ["same": 41, "other": 6, "none": 0])
        let postoffices = try #require(survey["postoffices"] as? [[String: Any]])
        #expect(postoffices.map { $0["name"] as? String } == ["FAIRHOLM/BRISTOL", "FAIRNET/WORKS", "FAIRHOLM/LEITH"])
        #expect(postoffices.map { $0["isExchangesOwn"] as? Bool } == [true, false, true])
        #expect(directory["limits"] as? String == "none met: each of 3 parts fitted into a page of up to 1000 entries")
        let export = try #require(file["directory"] as? [String: Any])
        #expect(export["survey"] as? NSDictionary == survey)
        #expect(export["limits"] as? String == "")
    }

    @Test("names the version of slapd where the account may see the monitor, and the product without it", arguments: [true, false])
    func version(isShown: Bool) throws {
        var people = DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(10))
        people.modules += ["back_monitor"]
        people.database.lines += ["database monitor", "access to * by \(isShown ? "anonymous read" : "* none")"]
        let slapd = try PrivateSlapd(people)
        let run = try ProgramRun.run(["check", "--directory", slapd.uri])
        #expect(run.status == 0, "\(run.errors)")
        let product = try #require(run.output.firstMatch(of: #/\n  product +([^\n]+)\n/#)).output.1
        #expect(isShown ? product.contains(#/^OpenLDAP 2\.[0-9.]+[^ ]*$/#) : product == "OpenLDAP", "\(run.output)")
    }

    @Test("says what the server's limits meant: pages cut short, pages told, none at all")
    func limits() throws {
        func limits(_ configuration: SlapdConfiguration, _ more: String...) throws -> String {
            let slapd = try PrivateSlapd(configuration)
            let run = try ProgramRun.run(["check", "--directory", slapd.uri] + more)
            return run.output.matches(of: #/\n  limits +([^\n]+(?:\n   +[^\n]+)*)/#).map { $0.output.1.replacing(#/\n +/#, with: " ") }
                .joined()
        }
        let people = DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(2600))
        #expect(try limits(people) == "none met: the server gave the pages that it was asked for, 2 of up to 4000 entries")
        #expect(
            try limits(people, "--page-size", "100").hasPrefix(
                "none met: the server gave the pages that it was asked for, 25 of up to 100"))
        #expect(
            try limits(DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(90)), "--page-size", "0")
                == "paging is offered but was turned off: everything came at once, up to the server's limit; had it met that, the read would have ended with an error"
        )
        var limited = people
        limited.database.limits = ["* size.pr=1500 size.prtotal=unlimited"]
        #expect(try limits(limited) == "larger pages met a limit of the server: read anew in 3 pages of up to 1000")
    }

    @Test("cannot be rewritten by names that the directory holds")
    func hostile() throws {
        let folder = try TemporaryFolder()
        let container = "ou=\u{1B}[2J\u{202E}x,o=O"
        let text = """
            dn:: \(Data("cn=a,\(container)".utf8).base64EncodedString())
            objectClass: inetOrgPerson
            cn: a
            uid: a
            mail: a@x.example

            """
        let path = try folder.write(text, to: "x.ldif")
        let run = try ProgramRun.run(["check", "--profile", "inetorgperson", "--directory", "ldif:\(path)"])
        #expect(!run.standardOutput.contains { $0 < 0x20 && $0 != 0x0A })
        #expect(run.output.contains("\n      1  ou=\\u{1b}[2J\\u{202e}x,o=O\n"), "\(run.output)")
        let object = try json(ProgramRun.run(["check", "--json", "--profile", "inetorgperson", "--directory", "ldif:\(path)"]))
        let survey = try #require((object["directory"] as? [String: Any])?["survey"] as? [String: Any])
        #expect(survey["containers"] as? [NSDictionary] == [["name": container, "count": 1]])
    }

    @Test("shows the habits by which plan decides; plan shows them with --all, and its plan keeps them")
    func habits() throws {
        let work = try Workplace()
        let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))", "--profile", "exchange55"]
        let kept = "80 % smithj (surname, first letter); 0 of 29 kept theirs as alias and Directory Name"
        let check = try work.run(["check", "users.csv"] + directory + ["--postoffice", "FAIRNET/WORKS"])
        #expect(check.output.contains(kept), "\(check.output)")
        let plan = ["plan", "users.csv"] + directory + SampleServer.planOptions
        #expect(try work.run(plan + ["--all"]).output.contains(kept))
        #expect(try !work.run(plan).output.contains("How Directory Names are made"))
        #expect(String(decoding: try work.folder.read("users.csv.plan.jsonl"), as: UTF8.self).contains(#""kept":{"count":0,"of":29}"#))
    }
}
