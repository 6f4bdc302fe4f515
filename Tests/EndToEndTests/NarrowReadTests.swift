import TestSupport
import Testing

@Suite("A read that cannot have shown everybody")
struct NarrowReadTests {
    private func situations(_ work: Workplace, _ arguments: [String]) throws -> (counts: [String: Int], errors: String) {
        let run = try work.run(["plan", "users.csv", "--json"] + arguments)
        var counts: [String: Int] = [:]
        for match in run.output.matches(of: #/"([A-Za-z]+)" : (\d+)/#) { counts[String(match.output.1)] = Int(match.output.2) }
        return (counts, run.errors)
    }

    @Test("never says that somebody is absent: without the administrator's view of Exchange 5.5, or through a filter of one's own")
    func gaps() throws {
        let work = try Workplace()
        let uri = try SampleServer.shared().uri
        let whole = try situations(work, Workplace.connection(uri) + SampleServer.planOptions)
        #expect(whole.counts["absent", default: 0] > 0 && whole.counts["unknown"] == nil)
        let reader = try situations(work, Workplace.connection(uri, name: Exchange55View.readerName) + SampleServer.planOptions)
        #expect(reader.counts["absent"] == nil && reader.counts["unknown", default: 0] > 0)
        let filtered = try situations(
            work, Workplace.connection(uri) + SampleServer.planOptions + ["--filter", "(&(objectClass=person)(sn=*))"])
        #expect(filtered.counts["absent"] == nil && filtered.counts["unknown", default: 0] > 0)
    }

    @Test("by LDIF refuses a filter, for nobody is there to evaluate it")
    func filterOnLDIF() throws {
        let work = try Workplace()
        let path = SampleCase.demo.path("directory.ldif")
        let run = try work.run("plan", "users.csv", "--directory", "ldif:\(path)", "--filter", "(uid=x)")
        expectRefusal(run, status: 64, saying: ["--filter", "LDIF"])
    }

    @Test("The postoffice in a preamble is not taken on its own account, but named")
    func postoffice() throws {
        let work = try Workplace()
        let connection = Workplace.connection(try SampleServer.shared().uri) + ["--container", SampleServer.container]
        let silent = try situations(work, connection)
        #expect(silent.errors.contains("FAIRNET/WORKS") && silent.errors.contains("--postoffice"))
        let told = try situations(work, connection + ["--postoffice", "FAIRNET/WORKS"])
        #expect(!told.errors.contains("--postoffice"))
        #expect(told.counts["certain", default: 0] > silent.counts["certain", default: 0])
        #expect(try situations(work, connection + ["--postoffice", "preamble"]).counts == told.counts)
    }
}
