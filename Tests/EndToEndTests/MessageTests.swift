import Foundation
import TestSupport
import Testing

/// Messages about slips of a first use, each of which once led astray.
@Suite("A message about a slip")
struct MessageTests {
    private let directory = ["--directory", "ldif:\(SampleCase.demo.path("directory.ldif"))"]

    @Test("A word that is no command: the one that is meant, or all of them")
    func commands() throws {
        expectRefusal(try ProgramRun.run(["chekc", "users.csv"]), status: 64, saying: ["no command 'chekc'; did you mean 'check'?"])
        expectRefusal(try ProgramRun.run(["palns", "x", "--json"]), status: 64, saying: ["did you mean 'plan'?"])
        expectRefusal(try ProgramRun.run(["frob"]), status: 64, saying: ["Commands: check, raw, plan, explain, apply"])
        expectRefusal(try ProgramRun.run(["--json", "plan"]), status: 64, saying: ["'--json' stands where a command is expected"])
        for arguments in [[], ["--help"], ["-h"], ["help"]] {
            let run = try ProgramRun.run(arguments)
            #expect(run.status == 0 && run.output.contains("SUBCOMMANDS:"), "\(arguments) \(run.errors)")
        }
        #expect(try ProgramRun.run(["--version"]).output.split(separator: ".").count == 3)
    }

    @Test("A user list where a plan belongs, and a plan that is cut in its first line")
    func plans() throws {
        let work = try Workplace()
        for arguments in [["apply", "users.csv"], ["explain", "users.csv", "3"]] {
            expectRefusal(
                try work.run(arguments), status: 65, saying: ["users.csv: this is a user list, not a plan", "plan users.csv", "first"])
        }
        try work.folder.write("{\"ldapReconcilePlan\":1,\"fi", to: "cut.jsonl")
        let cut = try work.run("apply", "cut.jsonl")
        expectRefusal(cut, status: 65, saying: ["cut.jsonl:1:", "cut off or damaged in its first line"])
        #expect(!cut.errors.contains("not a plan"))
        try work.folder.write("hello\n", to: "other.jsonl")
        expectRefusal(try work.run("apply", "other.jsonl"), status: 65, saying: ["this is not a plan", "Make one with 'plan'"])
    }

    @Test("An output without a name")
    func emptyOutput() throws {
        let work = try Workplace()
        expectRefusal(try work.run(["plan", "users.csv", "-o", ""] + directory), status: 64, saying: ["--output is empty"])
        #expect(try work.run(["plan", "users.csv"] + directory).status == 3)
        expectRefusal(try work.run("apply", "users.csv.plan.jsonl", "-o", ""), status: 64, saying: ["--output is empty"])
    }

    @Test("An LDIF file without an entry")
    func emptyLDIF() throws {
        let work = try Workplace()
        for text in ["", "version: 1\n"] {
            try work.folder.write(text, to: "none.ldif")
            for profile in ["auto", "exchange55"] {
                let run = try work.run("plan", "users.csv", "--directory", "ldif:none.ldif", "--profile", profile)
                expectRefusal(run, status: 65, saying: ["none.ldif: the file holds no entry"])
            }
        }
    }

    @Test("A container that is no DN is refused, and one in which nothing stands is told of")
    func container() throws {
        let work = try Workplace()
        expectRefusal(
            try work.run(["plan", "users.csv", "--container", "nope"] + directory), status: 64,
            saying: ["--container is 'nope'", "a DN, such as"])
        let wrong = try work.run(["plan", "users.csv", "--container", "cn=Recipients,ou=BRISTLE,\(SampleServer.base)"] + directory)
        #expect(wrong.errors.contains("Warning: no entry that was read stands in the container 'cn=Recipients,ou=BRISTLE,"))
        for container in [SampleServer.container, "CN=recipients, OU=Bristol,\(SampleServer.base)", SampleServer.base] {
            let run = try work.run(["plan", "users.csv", "--container", container] + directory)
            #expect(!run.errors.contains("Warning"), "\(run.errors)")
        }
    }

    @Test("A directory that cannot be reached: nothing is said of postoffices first")
    func hint() throws {
        let work = try Workplace()
        let run = try work.run("plan", "users.csv", "--directory", "ldap://127.0.0.1:1", "--retries", "0")
        expectRefusal(run, status: 69, saying: ["127.0.0.1:1"])
        #expect(!run.errors.contains("postoffice"), "\(run.errors)")
        #expect(try work.run(["plan", "users.csv"] + directory).errors.contains("the preamble names the postoffice FAIRNET/WORKS"))
    }

    @Test("A file that is missing ends alike whatever it is for, and so does a wrong value wherever it is told")
    func statuses() throws {
        let work = try Workplace()
        let slapd = try SampleServer.start { $0.certificate = .good }
        for option in ["--ca-file", "--ca-folder", "--client-certificate", "--password-file", "--config", "--map", "--events"] {
            let password = option == "--password-file" ? [] : ["--password-file", "password"]
            let run = try work.run(
                ["plan", "users.csv", "--directory", slapd.tlsURI, "--bind-name", Exchange55View.adminName] + password + [
                    option, "missing",
                ])
            expectRefusal(run, status: 66, saying: ["missing"])
        }
        for (name, value) in [("filter", "(&(a=b)"), ("encoding", "klingon"), ("key-pattern", "(a"), ("mode", "up"), ("container", "x")] {
            expectRefusal(
                try work.run(["plan", "users.csv", "--\(name)", value] + directory), status: 64, saying: ["--\(name) is '\(value)'"])
            try work.folder.write("\(name): '\(value)'\n", to: "conf.yaml")
            let run = try work.run(["plan", "users.csv", "--config", "conf.yaml"] + directory)
            expectRefusal(run, status: 78, saying: ["conf.yaml:1:\(name.count + 3): \(name) is '\(value)'"])
        }
    }

    /// The last one once won, without a word.
    @Test("An option that takes one value, given twice, is named; lists and flags may be repeated")
    func repeatedOptions() throws {
        let work = try Workplace()
        for (words, name) in [
            (["--map", "a.csv", "--map", "b.csv"], "--map"), (["--events=a", "--profile", "x", "--events=a"], "--events"),
            (["--profile", "auto", "--profile", "auto"], "--profile"), (["-o", "a", "--output", "b"], "--output"),
            (["-vo", "a", "-o=b"], "--output"), (["--config", "a", "--config", "b"], "--config"),
        ] {
            expectRefusal(
                try work.run(["plan", "users.csv"] + words + directory), status: 64, saying: ["\(name) is given twice, and takes one value"]
            )
        }
        let run = try work.run(
            [
                "plan", "users.csv", "-v", "-v", "--all", "--all", "--blank", "Comment", "--blank", "Home-Server", "--canary", "MargaretH",
                "--canary", "ChidiO",
            ] + directory)
        #expect(run.status == 3, "\(run.errors)")
    }
}
