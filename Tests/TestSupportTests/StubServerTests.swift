import Foundation
import TestSupport
import Testing

@Suite("The stub server")
struct StubServerTests {
    private func search(_ server: StubServer, _ arguments: String...) throws -> ProgramRun.Result {
        let all = ["-x", "-LLL", "-o", "nettimeout=2", "-H", server.uri, "-b", "o=Test"] + arguments
        return try ProgramRun.run(all, executable: "/usr/bin/ldapsearch", within: .seconds(20))
    }

    private func entries(_ run: ProgramRun.Result) -> Int {
        run.output.components(separatedBy: "dn: ").count - 1
    }

    @Test("is a directory to ldapsearch, and notes what it was asked")
    func plain() throws {
        let server = try StubDirectory.people(25).serve()
        let run = try search(server, "-D", "cn=me", "-w", "word", "-E", "pr=10/noprompt", "-z", "77", "(&(cn=p*)(sn=x))", "cn")
        #expect(run.status == 0)
        #expect(entries(run) == 25)
        #expect(server.requests.compactMap { $0.page?.size } == [10, 10, 10])
        let asked = try #require(server.requests.compactMap(\.search).first)
        #expect((asked.base, asked.scope, asked.sizeLimit, asked.attributes) == ("o=Test", 2, 77, ["cn"]))
        #expect(asked.filter.first == 0xa0)
        guard case .bind("cn=me", "word") = server.requests[0].operation else { Issue.record("\(server.requests[0])"); return }
        #expect(try search(server, "-s", "base", "-b", "").output.contains("namingContexts: o=Test\n"))
    }

    @Test("shortens pages, stops at a limit, ignores or refuses paging")
    func pages() throws {
        let short = try StubDirectory.people(25, oddity: .shortPages(4)).serve()
        #expect(try entries(search(short, "-E", "pr=10/noprompt")) == 25)
        #expect(short.requests.compactMap(\.page).count == 7)
        let limited = try search(StubDirectory.people(25, oddity: .sizeLimit(15)).serve(), "-E", "pr=10/noprompt")
        #expect((limited.status, entries(limited)) == (4, 15))
        #expect(try entries(search(StubDirectory.people(25, oddity: .ignoresPaging).serve(), "-E", "pr=10/noprompt")) == 25)
        #expect(try search(StubDirectory.people(25, oddity: .refusesPaging).serve(), "-E", "!pr=10/noprompt").status == 12)
    }

    @Test("breaks off as it is told")
    func breaks() throws {
        for oddity: StubDirectory.Oddity in [.hangsUp(after: 5), .fails(code: 51, text: "busy", after: 5)] {
            let run = try search(StubDirectory.people(25, oddity: oddity).serve())
            #expect(run.status != 0)
            #expect(entries(run) == 5)
        }
    }

    @Test("accepts, reads, never answers, and can be stopped meanwhile")
    func silent() throws {
        let server = try StubServer.silent()
        let run = try ProgramRun(["-x", "-H", server.uri, "-b", "o=Test"], executable: "/usr/bin/ldapsearch")
        #expect(server.waitForRequests(1))
        #expect(run.process.wait(for: .milliseconds(200)) == nil)
        server.stop()
        #expect(try run.finish().status != 0)
    }
}
