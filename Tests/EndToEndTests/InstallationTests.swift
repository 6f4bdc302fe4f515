import Foundation
import TestSupport
import Testing

@Suite("Installing what is missing")
struct InstallationTests {
    /// A tool that is missing for what the test is about.
    private static let noPackages = "#!/bin/sh\nexit 1\n"
    /// What sudo says to those whom it lets do nothing.
    private static let noRight = "#!/bin/sh\necho 'sudo: a password is required' >&2\nexit 1\n"

    @Test("tells what an administrator is to install where sudo is refused")
    func refused() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let script = try String(contentsOf: root.appendingPathComponent("scripts/install-dependencies"), encoding: .utf8)
        let tools = try TemporaryFolder()
        for (name, words) in ["dpkg-query": Self.noPackages, "sudo": Self.noRight] {
            try tools.write(words, to: name)
            #expect(chmod(tools[name], 0o755) == 0)
        }
        #expect(chmod(tools.path, 0o755) == 0)
        // Root needs no sudo.
        let nobody = getuid() == 0 ? ["--reuid=65534", "--regid=65534", "--clear-groups"] : []
        let run = try ProgramRun.run(
            nobody + ["bash", "-s", "demo"], executable: nobody.isEmpty ? "/usr/bin/env" : "/usr/bin/setpriv",
            environment: ["PATH": tools.path + ":/usr/bin:/bin"], input: .text(script))
        #expect(run.status == 1)
        #expect(run.errors.contains("Ask an administrator to run: apt-get install ldap-utils slapd\n"))
    }
}
