import Foundation
import LDAPClient
import TestSupport
import Testing

@Suite("A server that does what none should")
struct OddServerTests {
    private func read(_ server: StubServer, pageSize: Int? = 10, limits: TimeLimits = .patient, maxMessageSize: Int = 64 << 20) -> Outcome {
        Outcome { () throws(LDAPError) in
            let connection = try connect(server.uri, limits: limits, maxMessageSize: maxMessageSize)
            _ = try connection.names(SearchRequest(base: "o=Test", pageSize: pageSize))
        }
    }

    @Test(
        "ends the read with an error",
        arguments: [
            (StubDirectory.Oddity.sizeLimit(15), LDAPError.Code.sizeLimitExceeded, "only a part"),
            (.endlessPages, .protocolViolation, "pages begin anew"), (.emptyPages, .protocolViolation, "pages begin anew"),
            (.refusesPaging, .server(12), "paging is not supported here"),
            (.unknownMessage(after: 5), .protocolViolation, "message type 126"), (.endlessMessage(after: 5), .connectionLost, "try again"),
            (.hangsUp(after: 5), .connectionLost, "try again"), (.fallsSilent(after: 5), .timedOut, "within 1 s"),
            (.fails(code: 51, text: "much to do", after: 5), .busy, "much to do"),
            (.fails(code: 3, text: "", after: 5), .timeLimitExceeded, "(3)"),
            (.fails(code: 11, text: "", after: 5), .adminLimitExceeded, "(11)"),
            (.fails(code: 4242, text: "odd", after: 5), .server(4242), "odd"),
        ])
    func error(_ oddity: StubDirectory.Oddity, _ code: LDAPError.Code, _ words: String) throws {
        // After a message that it does not know, libldap waits for another before it hands it out.
        let waits = code == .timedOut || words == "message type 126"
        let outcome = try read(StubDirectory.people(40, oddity: oddity).serve(), limits: waits ? .short : .patient)
        #expect(outcome.error?.code == code, "\(outcome)")
        #expect(outcome.error.map { "\($0)".contains(words) } == true, "\(outcome)")
        #expect(outcome.time < .seconds(5))
    }

    @Test("sends no more than so many entries in a page: it is asked for more once, and then for what it gives")
    func cappedPages() throws {
        let server = try StubDirectory.people(40, oddity: .shortPages(10)).serve()
        let connection = try connect(server.uri)
        let request = SearchRequest(base: "o=Test", pageSize: 10, largestPageSize: 80)
        let summary = try connection.search(request) { _ in }
        #expect((summary.entries, summary.pages, summary.largestPage) == (40, 4, 40))
    }

    @Test("shortens pages without a word: all comes all the same", arguments: [1, 3, 10])
    func shortPages(_ most: Int) throws {
        let server = try StubDirectory.people(40, oddity: .shortPages(most)).serve()
        #expect(try connect(server.uri).names(SearchRequest(base: "o=Test", pageSize: 10)).count == 40)
    }

    @Test("sends empty pages, each with a new cookie: some are waited through, and no end of them is an error", arguments: [900, nil])
    func emptyPages(_ count: Int?) throws {
        let pages = Counter()
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            let page = pages.next()
            let isLast = page == count
            let entry = StubReply.entry(StubEntry("cn=p\(page),o=Test", []))
            return (page == 1 || isLast ? [entry] : []) + [.done(code: 0, cookie: isLast ? [] : Array("\(page)".utf8))]
        }
        let outcome = Outcome { () throws(LDAPError) in
            let connection = try connect(server.uri)
            let names = try connection.names(SearchRequest(base: "o=Test", pageSize: 10))
            #expect(names.count == 2)
        }
        #expect(outcome.error?.code == (count == nil ? .protocolViolation : nil), "\(outcome)")
        if count == nil {
            let words = outcome.error.map { "\($0)" } ?? ""
            #expect(words.contains("last 1000 pages held no entry, and each promised more") && words.contains("--page-size 0"), "\(words)")
        }
    }

    // 389 Directory Server names the slot in which it keeps the search, which is the same for every page.
    @Test("bears the same cookie on every page: all comes all the same")
    func sameCookie() throws {
        let next = Counter()
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            let page = next.next()
            let entries = (0..<10).map { StubReply.entry(StubEntry("cn=p\(page * 10 + $0),o=Test", [])) }
            return entries + [.done(code: 0, cookie: page < 4 ? Array("0".utf8) : [])]
        }
        #expect(try connect(server.uri).names(SearchRequest(base: "o=Test", pageSize: 10)).count == 40)
    }

    @Test("sends empty pages with ever new cookies: the limit for the whole read ends it")
    func everNewCookies() throws {
        let next = Counter()
        let server = try StubServer { request in
            request.search == nil ? [.bind(code: 0)] : [.wait(.milliseconds(1)), .done(code: 0, cookie: Array("\(next.next())".utf8))]
        }
        let outcome = read(server, limits: TimeLimits(connect: .seconds(1), response: .seconds(1), total: .seconds(1)))
        #expect(outcome.error?.reason == "it was not over within 1 s", "\(outcome)")
        #expect(outcome.time < .seconds(8))
    }

    @Test("ignores the paging: everything has come, unless it is just one page long")
    func ignoresPaging() throws {
        let server = try StubDirectory.people(40, oddity: .ignoresPaging).serve()
        for size in [10, 39, 41] { #expect(try connect(server.uri).names(SearchRequest(base: "o=Test", pageSize: size)).count == 40) }
        let outcome = read(server, pageSize: 40)
        #expect(outcome.error?.reason == "the server did not say whether page 1 was the last", "\(outcome)")
    }

    @Test("stops paging in the middle", arguments: [1, 2])
    func stopsPaging(_ last: Int) throws {
        let next = Counter()
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            let page = next.next()
            let entries = (0..<10).map { StubReply.entry(StubEntry("cn=p\(page * 10 + $0),o=Test", [])) }
            return entries + [.done(code: 0, cookie: page < last ? Array("c\(page)".utf8) : nil)]
        }
        let outcome = read(server)
        #expect(outcome.error?.code == .protocolViolation)
        #expect(outcome.error?.reason == "the server did not say whether page \(last) was the last", "\(outcome)")
    }

    @Test(
        "sends a paging control that cannot be read: it is not taken for none",
        arguments: [[], [0x30], [0x30, 0x00], [0x30, 0x03, 0x02, 0x01, 0x00], [0x30, 0x05, 0x02, 0x01, 0x00, 0x04, 0x7f], [0x04, 0x00]]
            as [[UInt8]])
    func brokenControl(_ value: [UInt8]) throws {
        let server = try StubServer { request in
            guard request.search != nil else { return [.bind(code: 0)] }
            let oid = Array("1.2.840.113556.1.4.319".utf8)
            let control = [0x04, UInt8(oid.count)] + oid + [0x04, UInt8(value.count)] + value
            let controls = [0xa0, UInt8(control.count + 2), 0x30, UInt8(control.count)] + control
            let result: [UInt8] = [0x02, 0x01, UInt8(request.messageID), 0x65, 0x07, 0x0a, 0x01, 0x00, 0x04, 0x00, 0x04, 0x00] + controls
            return [.entry(StubEntry("cn=p1,o=Test", [])), .bytes([0x30, UInt8(result.count)] + result)]
        }
        let outcome = read(server)
        #expect(outcome.error?.code == .protocolViolation, "\(outcome)")
    }

    @Test("says why it refuses, and then hangs up: its words are not taken for the reason of that")
    func staleWords() throws {
        let server = try StubServer { request in
            guard let search = request.search else { return [.bind(code: 0)] }
            return search.base == "odd" ? [.done(code: 34, text: "invalid DN")] : [.close]
        }
        let connection = try connect(server.uri)
        try expectError(.invalidDNSyntax, saying: "invalid DN") { () throws(LDAPError) in
            _ = try connection.names(SearchRequest(base: "odd"))
        }
        let lost = try expectError(.connectionLost) { () throws(LDAPError) in _ = try connection.names(SearchRequest(base: "o=Test")) }
        #expect(!"\(lost)".contains("invalid DN"), "\(lost)")
    }

    @Test("claims lengths that it does not keep: no memory is taken for them")
    func lengths() throws {
        let server = try StubDirectory.people(40, oddity: .endlessMessage(after: 5)).serve()
        let before = try Memory.peak()
        let outcome = read(server)
        #expect(outcome.error != nil)
        #expect(try Memory.peak() - before < 200 << 20, "2 GB were announced")
        let long = try StubServer { _ in [.entry(StubEntry("cn=p1,o=Test", [("description", [String(repeating: "x", count: 100_000)])]))] }
        #expect(read(long, maxMessageSize: 50_000).error != nil, "a message beyond the limit is not taken")
    }

    @Test(
        "sends entries whose inside is damaged",
        arguments: [
            [0x04, 0x7f, 0x61], [0x04, 0x01, 0x61], [0x04, 0x01, 0x61, 0x30, 0x7f],
            [0x04, 0x01, 0x61, 0x30, 0x05, 0x30, 0x7f, 0x04, 0x01, 0x62],
            [0x04, 0x01, 0x61, 0x30, 0x07, 0x30, 0x05, 0x04, 0x01, 0x62, 0x31, 0x7f], [0x04, 0x02, 0xc3, 0x28, 0x30, 0x00], [],
            // An attribute that swallows the next; a value that leaves its set; a set that leaves its attribute; a length of no end.
            [0x04, 0x01, 0x61, 0x30, 0x0e, 0x30, 0x0c, 0x04, 0x01, 0x62, 0x31, 0x00, 0x30, 0x05, 0x04, 0x01, 0x63, 0x31, 0x00],
            [0x04, 0x01, 0x61, 0x30, 0x0a, 0x30, 0x08, 0x04, 0x01, 0x62, 0x31, 0x03, 0x04, 0x02, 0x63],
            [0x04, 0x01, 0x61, 0x30, 0x0a, 0x30, 0x07, 0x04, 0x01, 0x62, 0x31, 0x03, 0x04, 0x01, 0x63],
            [0x04, 0x01, 0x61, 0x30, 0x0a, 0x30, 0x08, 0x04, 0x01, 0x62, 0x31, 0x80, 0x04, 0x01, 0x63],
            [0x04, 0x01, 0x61, 0x30, 0x01, 0x30], [0x04, 0x01, 0x61, 0x30, 0x02, 0x30, 0x00],
            // Lists whose tag has several bytes, which liblber takes, and where another reader finds lengths beyond the message.
            [0x04, 0x01, 0x61, 0x3f, 0x84, 0xff, 0xff, 0xff, 0x7f, 0x00], [0x04, 0x01, 0x61, 0x3f, 0x7f, 0x00],
            [0x04, 0x01, 0x61, 0x3f, 0x02, 0x02, 0x30, 0x00], [0x04, 0x01, 0x61, 0x30, 0x88, 0, 0, 0, 1, 0, 0, 0, 0],
            [0x04, 0x01, 0x61, 0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        ] as [[UInt8]])
    func damagedEntry(_ content: [UInt8]) throws {
        let server = try StubServer { _ in [.message(tag: 0x64, content: content), .done(code: 0)] }
        let outcome = read(server, pageSize: nil)
        #expect(outcome.error.map { [.protocolViolation, .connectionLost].contains($0.code) } == true, "\(outcome)")
    }

    @Test("spells every length in five bytes, as Active Directory does")
    func longLengths() throws {
        @Sendable func element(_ tag: UInt8, _ content: [UInt8]) -> [UInt8] { [tag, 0x84, 0, 0, 0, UInt8(content.count)] + content }
        let values = element(0x31, element(0x04, [0x63]) + element(0x04, []) + element(0x04, [0x64, 0x65]))
        let attributes = element(0x30, element(0x04, [0x62]) + values) + element(0x30, element(0x04, [0x66]) + element(0x31, []))
        let server = try StubServer { request in
            [.message(tag: 0x64, content: element(0x04, [0x61]) + element(0x30, attributes)), .done(code: 0)]
        }
        #expect(try connect(server.uri).entries(SearchRequest(base: "")) == ["a": ["b: c", "b: ", "b: de"]])
    }

    @Test("sends attributes without values, none at all, and messages nobody asked for: what is there comes")
    func bareEntries() throws {
        let server = try StubServer { request in
            [
                .entry(StubEntry("cn=a", [("cn", []), ("sn", ["x"])])), .message(tag: 0x79, content: [0x80, 0x03, 0x31, 0x2e, 0x32]),
                .entry(StubEntry("cn=b", [])),
                .reference(["ldap://a", "ldap://b"]), .done(code: 0),
            ]
        }
        let connection = try connect(server.uri)
        #expect(try connection.entries(SearchRequest(base: "")) == ["cn=a": ["sn: x"], "cn=b": []])
        let summary = try connection.search(SearchRequest(base: "")) { _ in }
        #expect((summary.entries, summary.references) == (2, ["ldap://a", "ldap://b"]))
    }
}

@Suite("Memory")
struct MemoryTests {
    @Test("stays what it is over 20 MB of entries: they are borrowed, one at a time")
    func borrowed() async throws {
        let value = String(repeating: "x", count: 5000)
        let entries = (1...4000).map { "dn: cn=p\($0),o=Test\nobjectClass: device\ncn: p\($0)\ndescription: \(value)\n\n" }
        let slapd = try PrivateSlapd(SlapdConfiguration(content: people(0) + entries.joined()))
        // A process of its own: this one's peak is other tests'.
        await #expect(processExitsWith: .success) { [uri = slapd.uri as String] in
            let connection = try connect(uri)
            let before = try Memory.peak()
            var length = 0
            let summary = try connection.search(SearchRequest(base: "o=Test", filter: "(cn=*)")) { (entry) throws(LDAPError) in
                try entry.forEachValue { length += $1.count }
            }
            let growth = try Memory.peak() - before
            #expect(summary.entries == 4000)
            #expect(length > 20_000_000)
            #expect(growth < 8 << 20, "\(growth >> 20) MB")
        }
    }
}

private enum Memory {
    /// The most memory that this process has had, in bytes (proc(5), VmHWM).
    static func peak() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") || $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.split(whereSeparator: { !$0.isNumber }).first ?? "")) << 10
    }
}
