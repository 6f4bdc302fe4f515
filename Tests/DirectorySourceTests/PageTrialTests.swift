import DirectorySource
import LDAPClient
import Records
import TestSupport
import Testing

/// What a server refuses about pages is tried otherwise, and a part is never taken for the whole.
@Suite("The pages in which a server lets itself be read")
struct PageTrialTests {
    /// What a read of such a server proves, and the size of each first page that it was asked for.
    private func read(
        _ oddity: StubDirectory.Oddity, _ count: Int = 450, offersPaging: Bool = true, pageSize: PageSize = .whereOffered(1000)
    ) throws -> (proof: ReadProof, sizes: [Int]) {
        var stub = StubDirectory.people(count, oddity: oddity)
        stub.offersPaging = offersPaging
        let server = try stub.serve()
        defer { server.stop() }
        let profile = ProfileChoice.profile(try Shipped.profile("inetorgperson"))
        let proof = try LiveDirectory.at(server.uri, profile: profile, pageSize: pageSize).read { _ in }.proof
        return (proof, server.requests.compactMap(\.page).filter { $0.cookie.isEmpty }.map(\.size))
    }

    private func error(
        _ oddity: StubDirectory.Oddity, offersPaging: Bool = true, pageSize: PageSize = .whereOffered(1000)
    ) throws -> LDAPError {
        try #require(throws: LDAPError.self) { _ = try read(oddity, offersPaging: offersPaging, pageSize: pageSize) }
    }

    @Test(
        "are found by going down from 1000 to 10 entries, with all that came",
        arguments: [(150, 100), (100, 100), (99, 50), (50, 50), (49, 25), (12, 12), (10, 10)])
    func smaller(_ most: Int, _ found: Int) throws {
        for oddity in [StubDirectory.Oddity.refusesPageSizes(above: most), .refusesLargePages(most)] {
            let (proof, sizes) = try read(oddity)
            #expect((proof.entries, proof.pageSize, proof.gaps.count) == (450, found, 1), "\(proof.gaps)")
            #expect(Set(sizes).count == sizes.count && sizes.last == found, "\(sizes)")
        }
    }

    @Test(
        "are none where the server refuses the control, with either code",
        arguments: [StubDirectory.Oddity.refusesPaging, .disallowsPaging])
    func refused(_ oddity: StubDirectory.Oddity) throws {
        let (proof, sizes) = try read(oddity)
        #expect((proof.entries, proof.pageSize, proof.unpaged, sizes) == (450, nil, .refused, [1000]))
        let told = try error(oddity, pageSize: .always(100))
        #expect(told.advice.contains("--page-size 0") && told.advice.contains("--page-size auto"), "\(told)")
    }

    @Test("are asked for where they are not offered and the server gives only a part at once")
    func notOffered() throws {
        let proof = try read(.needsPaging(100), offersPaging: false).proof
        #expect((proof.entries, proof.pageSize, proof.unpaged) == (450, 1000, nil))
    }

    @Test("do not help against a limit over all of them: the limit is said, with what was tried")
    func limitOverAll() throws {
        let offered = try error(.sizeLimit(40))
        #expect(offered.code == .sizeLimitExceeded && offered.advice.contains("pages of 1000 down to 25 entries"), "\(offered)")
        #expect(offered.advice.contains("everything at once") && offered.advice.contains("account with a higher limit"))
        let unoffered = try error(.sizeLimit(5), offersPaging: false)
        #expect(unoffered.code == .sizeLimitExceeded && unoffered.advice.contains("everything at once"), "\(unoffered)")
        let told = try error(.sizeLimit(40), pageSize: .always(20))
        #expect(told.code == .sizeLimitExceeded && !told.advice.contains("--page-size"), "\(told)")
    }

    @Test("are not asked for in vain: where they are refused, too, the limit that was met first is said")
    func neither() throws {
        let server = try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            guard search.scope == 2 else {
                return search.base.isEmpty ? [.entry(StubEntry("", [("namingContexts", ["o=Test"])])), .done(code: 0)] : [.done(code: 0)]
            }
            let person = StubEntry("cn=p,o=Test", [("objectClass", ["inetOrgPerson"]), ("uid", ["p"])])
            return request.page == nil ? [.entry(person), .done(code: 4)] : [.close]
        }
        let directory = try LiveDirectory.at(server.uri, profile: .profile(Shipped.profile("inetorgperson")))
        let error = try #require(throws: LDAPError.self) { _ = try directory.read { _ in } }
        #expect(error.code == .sizeLimitExceeded, "\(error)")
    }

    @Test("are passed over: a part that came before a limit is not the whole because it comes once more with success")
    func sameAgain() throws {
        let error = try error(.stopsSilentlyWithPages(100), offersPaging: false)
        #expect(error.code == .sizeLimitExceeded, "\(error)")
    }

    @Test(
        "are passed over: the proof says so, and doubts a number that limits have",
        arguments: [(250, true), (249, false), (128, true), (100, true), (40, false), (451, false)])
    func ignored(_ count: Int, _ isDoubtful: Bool) throws {
        for oddity in [StubDirectory.Oddity.stopsSilently(count), .ignoresPaging] {
            let entries = if case .ignoresPaging = oddity { count } else { 500 }
            let proof = try read(oddity, entries).proof
            #expect((proof.entries, proof.pageSize, proof.unpaged) == (count, nil, .ignored))
            #expect(proof.remarks.contains { $0.contains("says that it pages its answers, and did not") })
            #expect(proof.gaps.contains { $0.contains("ended after \(count) entries") } == isDoubtful, "\(proof.gaps)")
        }
        let told = try read(.ignoresPaging, count, pageSize: .never).proof
        #expect(told.unpaged == nil && !told.gaps.contains { $0.contains("ended after") })
    }

    /// 120 people on a slapd with these limits.
    private func slapd(_ limits: String) throws -> PrivateSlapd {
        var configuration = DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(120))
        configuration.database.limits = ["* \(limits)"]
        return try PrivateSlapd(configuration)
    }

    @Test("are found with slapd: where paging is switched off, and where its pages are small")
    func slapdLimits() throws {
        let unlimited = try slapd("size=unlimited")
        let whole = try LiveDirectory.at(unlimited.uri, profile: Shipped.automatic()).read { _ in }
        for (limits, size) in [
            ("size=unlimited size.prtotal=disabled", nil), ("size=100 size.pr=50 size.prtotal=unlimited", 50),
            ("size=100 size.pr=11 size.prtotal=unlimited", 10),
        ] {
            let server = try slapd(limits)
            let read = try LiveDirectory.at(server.uri, profile: Shipped.automatic(), pageSize: .whereOffered(1000)).read { _ in }
            #expect(comparable(read.recipients) == comparable(whole.recipients), "\(limits)")
            #expect(read.proof.pageSize == size)
            let raw = try LiveDirectory.at(server.uri, profile: Shipped.automatic(), pageSize: .whereOffered(1000))
            #expect(try raw.rawEntries(named: whole.recipients[0].alias).count == 1, "\(limits)")
        }
        for limits in ["size=100 size.prtotal=disabled", "size=20 size.pr=50 size.prtotal=60"] {
            let server = try slapd(limits)
            let error = try #require(throws: LDAPError.self) {
                _ = try LiveDirectory.at(server.uri, profile: Shipped.automatic(), pageSize: .whereOffered(1000)).read { _ in }
            }
            #expect(error.code == .sizeLimitExceeded && error.advice.contains("everything at once"), "\(error)")
        }
    }

    @Test("are the ones that were found when only what changed is read, by a comparison")
    func changes() throws {
        let server = try slapd("size.pr=50 size.prtotal=unlimited")
        let directory = try LiveDirectory.at(server.uri, profile: Shipped.automatic(), pageSize: .whereOffered(1000))
        let first = try directory.read(since: nil, now: "2026-11-27T12:00:00Z") { _ in }
        let kept = try #require(first.kept, "\(first.whyNotKept)")
        let again = try directory.read(since: kept, now: "2026-11-27T12:00:10Z") { _ in }
        #expect(again.snapshot.proof.changes != nil, "\(again.snapshot.proof.fullReadReason ?? "")")
    }
}
