import TestSupport
import Testing

/// A part never looks like the whole: status 4 or 69, nothing written, and nobody said to be absent.
@Suite("A read that does not run to its end")
struct IncompleteReadTests {
    private func expectNothing(_ connection: [String], _ more: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        let work = try Workplace()
        let run = try work.run(["plan", "users.csv"] + connection + more + ["--response-timeout", "2s"])
        #expect([4, 69].contains(run.status), "\(run.status): \(run.errors)", sourceLocation: sourceLocation)
        #expect(run.output == "", sourceLocation: sourceLocation)
        #expect(!run.errors.isEmpty, sourceLocation: sourceLocation)
        #expect(try work.newFiles() == [], sourceLocation: sourceLocation)
    }

    @Test("breaks off on the wire", arguments: [Fault.Action.cut, .fin, .reset, .stall])
    func wire(_ action: Fault.Action) throws {
        for place in [Fault.Place.byte(0), .byte(8), .message(4), .message(30, offset: 3), .message(30, offset: 200)] {
            let proxy = try FaultProxy(to: SampleServer.shared().port, otherwise: [Fault(action, at: place)])
            try expectNothing(Workplace.connection(proxy.uri))
            #expect(proxy.waitForFaults(within: .zero), "the fault at \(place) was never reached")
        }
    }

    @Test("is cut by a limit of the server's without paging")
    func sizeLimit() throws {
        let slapd = try SampleServer.start { $0.database.limits = ["* size.soft=20 size.hard=20 size.prtotal=unlimited"] }
        try expectNothing(Workplace.connection(slapd.uri), "--page-size", "0")
    }

    @Test("is cut by a limit of the server's over all pages")
    func pagedSizeLimit() throws {
        let slapd = try SampleServer.start { $0.database.limits = ["* size.soft=20 size.hard=20 size.prtotal=30"] }
        try expectNothing(Workplace.connection(slapd.uri), "--page-size", "10")
        let run = try Workplace().run(["plan", "users.csv", "--page-size", "10"] + Workplace.connection(slapd.uri))
        expectRefusal(run, status: 4, saying: ["in pages of 10, too", "raise the limit on the server"])
        #expect(!run.errors.contains("page the read"), "who pages need not be told to page: \(run.errors)")
    }

    @Test(
        "is ended by the server",
        arguments: [
            StubDirectory.Oddity.sizeLimit(15), .endlessPages, .emptyPages, .unknownMessage(after: 10), .endlessMessage(after: 10),
            .hangsUp(after: 10), .fallsSilent(after: 10), .fails(code: 51, text: "busy", after: 10),
            .fails(code: 3, text: "", after: 10), .fails(code: 11, text: "", after: 10), .fails(code: 52, text: "", after: 10),
            .fails(code: 1, text: "no", after: 10),
        ])
    func server(_ oddity: StubDirectory.Oddity) throws {
        let server = try StubDirectory.people(40, oddity: oddity).serve()
        let work = try Workplace()
        let run = try work.run(
            "plan", "users.csv", "--directory", server.uri, "--base", "o=Test", "--profile", "inetorgperson", "--page-size", "10",
            "--response-timeout", "2s", "--total-timeout", "20s", within: .seconds(40))
        // A busy server is one to come back to.
        #expect([4, 69, 75].contains(run.status), "\(run.status): \(run.errors)")
        #expect(run.output == "")
        #expect(try work.newFiles() == [])
    }

    @Test("is whole although the pages are shorter than asked for")
    func shortPages() throws {
        let server = try StubDirectory.people(40, oddity: .shortPages(3)).serve()
        let work = try Workplace()
        let run = try work.run(
            "plan", "users.csv", "--directory", server.uri, "--base", "o=Test", "--profile", "inetorgperson", "--page-size", "10")
        #expect([0, 3].contains(run.status), "\(run.errors)")
        #expect(try work.newFiles() == ["users.csv.plan.jsonl"])
    }
}
