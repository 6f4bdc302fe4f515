import CSV
import Glibc
import LDAPClient
import Records
import TestSupport
import Testing

@testable import Workflow

@Suite("Settings")
struct SettingsTests {
    private func context(_ flags: [SettingKey: [String]] = [:], environment: [String: String] = [:], configuration: String? = nil)
        -> RunContext
    {
        var layer = SettingLayer()
        for (key, texts) in flags { layer.set(key, texts, origin: "--\(key.rawValue)") }
        return RunContext(
            flags: layer, environment: environment, configuration: configuration, console: Console(data: { _ in }, talk: { _ in }),
            isCancelled: { false }, now: { "2026-11-22T20:00:00Z" })
    }

    private func failure(_ context: RunContext) -> Failure? { #expect(throws: Failure.self) { try Settings(context) } }

    @Test("come from the flag, then the environment, then the file, then the plan, then the default")
    func precedence() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("base: o=FILE\nhome-server: FILE\ncontainer: cn=FILE\n", to: "conf.yaml")
        var told = context(
            [.base: ["o=FLAG"]], environment: ["LDAP_RECONCILE_BASE": "o=ENV", "LDAP_RECONCILE_HOME_SERVER": "ENV"], configuration: path)
        told.remembered = .remembered(["base": "o=PLAN", "container": "cn=PLAN", "postoffice": "NET/PLAN"], by: "plan")
        let settings = try Settings(told)
        #expect(settings.base == "o=FLAG")
        #expect(settings.homeServer == "ENV")
        #expect(settings.container == "cn=FILE")
        #expect(settings.postoffice?.description == "NET/PLAN")
        #expect(settings.encoding == "auto")
        #expect(
            settings.limits.connect == .seconds(10) && settings.limits.response == .seconds(60) && settings.limits.total == .seconds(1800))
    }

    @Test("of the configuration file can be named by the environment, and a misspelt key is an error with line and column")
    func misspelt() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("# comment\nbase: o=X\nbindname: x\n", to: "conf.yaml")
        let error = failure(context(environment: ["LDAP_RECONCILE_CONFIG": path]))
        #expect(error?.status == .configuration)
        #expect(error?.message.contains("conf.yaml:3:1: unknown key 'bindname'; did you mean 'bind-name'?") == true)
    }

    @Test("of the environment with a misspelt name are an error")
    func misspeltVariable() {
        let error = failure(context(environment: ["LDAP_RECONCILE_BIND_NAM": "x"]))
        #expect(error?.status == .configuration)
        #expect(
            error?.message.hasSuffix("LDAP_RECONCILE_BIND_NAM; did you mean LDAP_RECONCILE_BIND_NAME?") == true, "\(error?.message ?? "")")
        #expect(
            failure(context(environment: ["LDAP_RECONCILE_PASWORD": "x"]))?.message.hasSuffix("did you mean LDAP_RECONCILE_PASSWORD?")
                == true)
        let none = failure(context(environment: ["LDAP_RECONCILE_QQQQ": "x"]))?.message ?? ""
        #expect(
            none.contains("Known: LDAP_RECONCILE_ADDRESS_IMPORT,")
                && none.contains("_CONFIG, ")
                && none.contains("_PASSWORD, "), "\(none)")
    }

    @Test(
        "of the configuration file with a wrong value are placed where the value stands, in a list the item",
        arguments: [
            ("mode:   up\n", ":1:9: mode is 'up'; expected"), ("base: x\njson:\n  maybe\n", ":3:3: json is 'maybe'"),
            ("directory: [ldif:x, http://y]\n", ":1:21: directory reading"),
            ("attribute:\n- alias=uid\n- uid\n", ":3:3: attribute is 'uid'"),
            ("encoding: klingon\n", ":1:11: encoding is 'klingon'"), ("filter: (&(a=b)\n", ":1:9: filter is"),
            ("key-pattern: '(a'\nkey-column: a\nkey-attribute: b\n", ":1:14: key-pattern is"),
        ])
    func places(_ text: String, _ message: String) throws {
        let folder = try TemporaryFolder()
        let error = failure(context(configuration: try folder.write(text, to: "conf.yaml")))
        #expect(error?.status == .configuration)
        #expect(error?.message.contains("conf.yaml\(message)") == true, "\(error?.message ?? "")")
        #expect(error?.message.hasSuffix("..") == false, "\(error?.message ?? "")")
    }

    @Test("that name a file that is missing end alike", arguments: [SettingKey.passwordFile, .profile])
    func missingFiles(_ key: SettingKey) throws {
        let error = failure(context([.bindName: ["cn=x"], key: ["/nonexistent/x.yaml"]]))
        #expect(error?.status == .noInput && error?.message.contains("No such file") == true)
        #expect(failure(context(configuration: "/nonexistent/x.yaml"))?.status == .noInput)
    }

    @Test(
        "that make no sense are errors that name where they were said and what was expected",
        arguments: [
            (SettingKey.directory, "http://x", "'http' is not a way"), (.directory, "ldif:", "ldif:FILE"), (.connectTimeout, "soon", "10s"),
            (.connectTimeout, "0", "above 0"), (.pageSize, "-1", "0 for no paging"), (.postoffice, "PO1", "NETWORK/POSTOFFICE"),
            (.certificateCheck, "off", "off: REASON"), (.certificateCheck, "off: ", "off: REASON"),
            (.certificateCheck, "never", "required"),
            (.profile, "exchange2000", "exchange55"), (.attribute, "uid", "NAME=ATTRIBUTE"),
            (.attribute, "aliass=uid", "did you mean 'alias'"),
            (.separator, "x", "semicolon"), (.separator, "||", "one character"), (.separator, "\"", "semicolon"), (.separator, "", "tab"),
            (.separator, "\u{e9}", "ASCII"), (.quote, "`", "none"), (.quote, "no", "none"), (.lineEnds, "mixed", "crlf, lf or cr"),
            (.lineEnds, "\\n", "crlf, lf or cr"), (.encoding, "klingon", "klingon"), (.output, "", "is empty"),
            (.filter, "(&(a=b)", "RFC 4515"), (.filter, "", "RFC 4515"), (.container, "nope", "a DN, such as"),
            (.container, "cn=x,", "a DN"),
            (.container, "cn=,o=X", "a DN"),
            (.mode, "update", "blank or modify"), (.keyColumn, "Comment", "key-attribute"), (.keyPattern, "x", "key-column"),
            (.keyPattern, "(a", "regular expression"),
        ])
    func nonsense(_ key: SettingKey, _ text: String, _ expected: String) {
        let error = failure(context([key: [text]]))
        #expect(error?.status == .usage)
        #expect(error?.message.hasPrefix("--\(key.rawValue) ") == true)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
    }

    @Test("that contradict each other are refused together")
    func contradictions() {
        #expect(
            failure(context([.startTLS: ["true"], .directory: ["ldaps://h"]]))?.message.contains("ldaps:// has TLS from the start") == true)
        #expect(failure(context([.passwordFile: ["f"]]))?.message.contains("--bind-name") == true)
        #expect(
            failure(context([.bindName: ["cn=x"], .askPassword: ["true"], .passwordFile: ["f"]]))?.message.contains("contradicts") == true)
        let none = failure(context([.bindName: ["cn=x"]]))
        #expect(none?.status == .configuration)
        #expect(none?.message.contains("--ask-password") == true)
    }

    @Test(
        "of the dialect take names and the characters themselves",
        arguments: [
            (SettingKey.separator, ";", DialectChoice(separator: UInt8(ascii: ";"))), (.separator, "Tab", DialectChoice(separator: 9)),
            (.separator, "\\t", DialectChoice(separator: 9)), (.separator, "\t", DialectChoice(separator: 9)),
            (.separator, "comma", DialectChoice(separator: UInt8(ascii: ","))), (.separator, "auto", DialectChoice()),
            (.separator, "bar", DialectChoice(separator: UInt8(ascii: "|"))), (.separator, "blank", DialectChoice(separator: 0x20)),
            (.quote, "\"", DialectChoice(quote: .byte(UInt8(ascii: "\"")))), (.quote, "'", DialectChoice(quote: .byte(UInt8(ascii: "'")))),
            (.quote, "none", DialectChoice(quote: .absent)), (.quote, "auto", DialectChoice()),
            (.lineEnds, "CRLF", DialectChoice(lineEnd: .crlf)), (.lineEnds, "lf", DialectChoice(lineEnd: .lf)),
            (.lineEnds, "cr", DialectChoice(lineEnd: .cr)), (.lineEnds, "auto", DialectChoice()),
        ])
    func dialect(_ key: SettingKey, _ text: String, _ choice: DialectChoice) throws {
        #expect(try Settings(context([key: [text]])).dialect == choice)
        #expect(try Settings(context(environment: [key.variable: text])).dialect == choice)
        var again = context()
        again.remembered = .remembered(try Settings(context([key: [text]])).told, by: "plan")
        #expect(try Settings(again).dialect == choice)
    }

    @Test("of one command can stand in the configuration file; output is there what apply writes, and no plan remembers any")
    func ofOneCommand() throws {
        let folder = try TemporaryFolder()
        let text = "check: true\nall: true\nevents: log.txt\noutput: new.csv\nreplace: yes\noperational: on\nldif: true\n"
        let path = try folder.write(text, to: "conf.yaml")
        let settings = try Settings(context(configuration: path))
        let command = settings.command
        #expect(command.checksOnly && command.showsAll && command.replaces && command.showsOperational)
        #expect(command.rawForm == .ldif && command.events == "log.txt")
        #expect(command.corrected == "new.csv" && command.plan == nil)
        #expect(settings.told == ["config": path])
        let told = try Settings(context([.output: ["x"]], environment: ["LDAP_RECONCILE_CHECK": "false"], configuration: path)).command
        #expect(told.plan == "x" && told.corrected == "x" && !told.checksOnly)
    }

    @Test("for LDIF and JSON at once: what is said by the stronger layer counts, and in one layer they contradict each other")
    func rawForm() throws {
        let folder = try TemporaryFolder()
        let json = try folder.write("json: true\n", to: "json.yaml")
        #expect(try Settings(context([.ldif: ["true"]], configuration: json)).command.rawForm == .ldif)
        #expect(try Settings(context([.json: ["true"]], environment: ["LDAP_RECONCILE_LDIF": "1"])).command.rawForm == .json)
        #expect(failure(context([.ldif: ["true"], .json: ["true"]]))?.message == "--ldif contradicts --json: give one of them.")
        let both = try folder.write("json: true\nldif: true\n", to: "both.yaml")
        #expect(failure(context(configuration: both))?.status == .configuration)
    }

    @Test("for the password: the command line goes before the environment, that before the configuration file; two in one place contradict")
    func passwords() throws {
        let folder = try TemporaryFolder()
        let asks = try folder.write("bind-name: cn=x\nask-password: true\n", to: "asks.yaml")
        let named = try folder.write("bind-name: cn=x\npassword-file: \(folder["file"])\n", to: "named.yaml")
        let both = try folder.write("bind-name: cn=x\npassword-file: \(folder["file"])\nask-password: true\n", to: "both.yaml")
        // A secret shows nothing of itself but whether it is empty: so each source in turn is the only empty one.
        func password(_ flags: [SettingKey: [String]], _ environment: [String: String], _ file: String) throws -> String? {
            try ["flag", "env", "file", "variable", "asked"].first { source in
                for name in ["flag", "env", "file"] {
                    #expect(chmod(try folder.write(name == source ? "\n" : "x\n", to: name), 0o600) == 0)
                }
                var told = context(flags, environment: environment, configuration: file)
                if environment["LDAP_RECONCILE_PASSWORD"] != nil, source == "variable" { told.environment["LDAP_RECONCILE_PASSWORD"] = "" }
                told.console.askPassword = { _ in source == "asked" ? [] : [1] }
                guard case .simple(_, let secret) = try Settings(told).login else { return false }
                return secret.isEmpty
            }
        }
        let variable = ["LDAP_RECONCILE_PASSWORD": "variable"]
        #expect(try password([.passwordFile: [folder["flag"]]], variable, named) == "flag")
        #expect(try password([.passwordFile: [folder["flag"]]], variable, asks) == "flag")
        #expect(try password([.askPassword: ["true"]], variable, named) == "asked")
        #expect(try password([:], variable, named) == "variable")
        #expect(try password([:], variable, asks) == "variable")
        #expect(try password([:], variable, both) == "variable")
        #expect(try password([:], ["LDAP_RECONCILE_PASSWORD_FILE": folder["env"]], asks) == "env")
        #expect(try password([:], ["LDAP_RECONCILE_ASK_PASSWORD": "true"], named) == "asked")
        #expect(try password([:], ["LDAP_RECONCILE_ASK_PASSWORD": "false"], both) == "file")
        #expect(try password([:], [:], named) == "file")
        #expect(try password([:], [:], asks) == "asked")
        let inOne = failure(context([.passwordFile: [folder["flag"]], .askPassword: ["true"]], configuration: named))
        #expect(inOne?.status == .usage && inOne?.message.contains("--password-file contradicts --ask-password") == true)
        let inFile = failure(context(configuration: both))
        #expect(inFile?.status == .configuration && inFile?.message.contains("both.yaml:2:") == true)
        let inEnvironment = failure(
            context(environment: variable.merging(["LDAP_RECONCILE_PASSWORD_FILE": "f"]) { $1 }, configuration: asks))
        #expect(inEnvironment?.message.contains("LDAP_RECONCILE_PASSWORD_FILE contradicts LDAP_RECONCILE_PASSWORD:") == true)
    }

    @Test(
        "that promise what only TLS can give are refused where a connection would be without",
        arguments: [
            (SettingKey.pinnedKey, "sha256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="), (.tlsMinimum, "1.3"), (.tlsMinimum, "1.2"),
            (.clientCertificate, "/own.crt"), (.caFile, "/ca.crt"), (.caFolder, "/authorities"),
        ])
    func promises(_ key: SettingKey, _ text: String) {
        func message(_ places: [String], _ more: [SettingKey: [String]] = [:]) -> String? {
            var flags = more
            (flags[key], flags[.directory]) = ([text], places)
            do {
                _ = try Settings(context(flags))
                return nil
            } catch { return error.message }
        }
        let isForTrust = [SettingKey.caFile, .caFolder].contains(key)
        for (places, plain) in [
            (["ldap://a"], "ldap://a:389"), (["srv:a.example"], "srv:a.example"),
            (["ldap://a", "srv:_ldap._tcp.a.example"], "ldap://a:389"),
        ] {
            let said = message(places) ?? ""
            #expect(said.hasPrefix("--\(key.rawValue) ") && said.contains(plain), "\(said)")
            #expect(said.contains("ldaps://") && said.contains("--start-tls"), "\(said)")
            #expect(message(places, [.startTLS: ["true"]]) == nil)
        }
        for mixed in [["ldaps://a", "ldap://b"], ["ldaps://a", "srv:b.example"]] {
            #expect((message(mixed) == nil) == isForTrust, "\(mixed)")
        }
        for good in [["ldaps://a"], ["srv:_ldaps._tcp.a.example"], ["ldif:export.ldif"], ["ldaps://a", "ldif:export.ldif"], []] {
            #expect(message(good) == nil, "\(good)")
        }
        // Nobody listens in on a local socket, and there the account is known without a certificate; but it holds no key either.
        #expect((message(["ldaps://a", "ldapi://%2Frun%2Fldapi"]) == nil) == (isForTrust || key == .clientCertificate))
        #expect(message(["ldapi://%2Frun%2Fldapi"]) != nil)
    }

    @Test("of a password file that others can read are refused")
    func openPasswordFile() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("secret\n", to: "password")
        #expect(chmod(path, 0o644) == 0)
        let error = failure(context([.bindName: ["cn=x"], .passwordFile: [path]]))
        #expect(error?.status == .credentials)
        #expect(error?.message.contains("chmod 600") == true)
        #expect(error?.message.contains("secret") == false)
        #expect(chmod(path, 0o600) == 0)
        #expect(throws: Never.self) { try Settings(context([.bindName: ["cn=x"], .passwordFile: [path]])) }
    }

    @Test("that a plan remembers hold what leads to the same directory, and no way to a password")
    func remembered() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("secret\n", to: "password")
        #expect(chmod(path, 0o600) == 0)
        let settings = try Settings(
            context([
                .directory: ["ldap://a", "ldap://b"], .bindName: ["cn=x"], .passwordFile: [path], .json: ["true"],
                .attribute: ["alias=uid"],
            ]))
        #expect(settings.told == ["directory": "ldap://a\nldap://b", "bind-name": "cn=x", "attribute": "alias=uid"])
        var again = context([.passwordFile: [path]])
        again.remembered = .remembered(settings.told, by: "plan")
        #expect(try Settings(again).told == settings.told)
    }
}
