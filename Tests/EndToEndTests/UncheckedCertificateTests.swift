import Foundation
import TestSupport
import Testing

@Suite("A certificate that is not checked")
struct UncheckedCertificateTests {
    private static let reason = "the CA is lost"
    private static let slapd = Result { try SampleServer.start { $0.certificate = .good } }

    private func connection(_ uri: String) -> [String] {
        ["--certificate-check", "off: \(Self.reason)"] + Workplace.connection(uri)
    }

    private func object(_ text: String) throws -> [String: Any] {
        try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    }

    /// Whether the reason stands there, without regard for where a line was broken.
    private func repeats(_ text: String) -> Bool {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased().contains(
            "certificate not checked: \(Self.reason)".lowercased())
    }

    @Test("is told of, with the reason, in every report about what was read that way")
    func everyReport() throws {
        let work = try Workplace()
        let connection = try connection(Self.slapd.get().tlsURI)
        let plan = try work.run(["plan", "users.csv"] + connection + SampleServer.planOptions)
        #expect(plan.status == 3 && repeats(plan.output), "\(plan.errors)\(plan.output)")
        let planned = try work.run(["plan", "users.csv", "--json"] + connection + SampleServer.planOptions)
        #expect(try object(planned.output)["certificateCheckOff"] as? String == Self.reason, "\(planned.output)")
        let explained = try work.run("explain", "users.csv.plan.jsonl", "OKONKWOC")
        #expect(explained.status == 0 && repeats(explained.output), "\(explained.output)")
        let row = try work.run("explain", "users.csv.plan.jsonl", "OKONKWOC", "--json")
        #expect(try object(row.output)["mailboxName"] as? String == "OKONKWOC")
        #expect(repeats(row.errors), "\(row.errors)")
        let again = ["--certificate-check", "off: \(Self.reason)", "--password-file", "password"]
        let applied = try work.run(["apply", "users.csv.plan.jsonl"] + again)
        #expect(applied.status == 3 && repeats(applied.output), "\(applied.errors)\(applied.output)")
        let replaced = try work.run(["apply", "users.csv.plan.jsonl", "--replace", "--json"] + again)
        #expect(try object(replaced.output)["certificateCheckOff"] as? String == Self.reason, "\(replaced.errors)\(replaced.output)")
    }

    @Test("is told of by raw beside the entries, which stay as they are")
    func raw() throws {
        let work = try Workplace()
        let connection = try connection(Self.slapd.get().tlsURI)
        let text = try work.run(["raw", "ChidiO"] + connection)
        #expect(repeats(text.output) && text.output.contains("\ncn=ChidiO,"), "\(text.output)")
        let json = try work.run(["raw", "ChidiO", "--json"] + connection)
        #expect(try object(json.output)["dn"] != nil && repeats(json.errors), "\(json.errors)")
        let ldif = try work.run(["raw", "ChidiO", "--ldif"] + connection)
        #expect(ldif.output.hasPrefix("# ") && repeats(ldif.output), "\(ldif.output)")
        let path = try work.folder.write(ldif.output, to: "one.ldif")
        let read = try work.run("raw", "ChidiO", "--directory", "ldif:\(path)", "--profile", "exchange55")
        #expect(read.status == 0 && read.output.contains("cn=ChidiO,") && !repeats(read.output + read.errors), "\(read.errors)")
    }

    @Test("does not stand on a connection that has none, and not where it was checked")
    func none() throws {
        let work = try Workplace()
        let slapd = try Self.slapd.get()
        let plain = try work.run(["raw", "ChidiO"] + connection(slapd.uri))
        #expect(plain.status == 0 && !repeats(plain.output + plain.errors))
        let checked = try work.run(
            ["plan", "users.csv", "--json", "--ca-file", try TestPKI.shared().authorityFile] + Workplace.connection(slapd.tlsURI)
                + SampleServer.planOptions)
        #expect(try object(checked.output)["certificateCheckOff"] == nil)
        #expect(!(try work.run("explain", "users.csv.plan.jsonl", "OKONKWOC").output.contains("NOT checked")))
    }
}
