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
        #expect(error?.message.contains("LDAP_RECONCILE_BIND_NAM") == true)
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
            (.mode, "update", "blank or modify"), (.keyColumn, "Comment", "key-attribute"), (.keyPattern, "x", "key-column"),
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
