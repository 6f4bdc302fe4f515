import LDAPClient
import Synchronization
import TestSupport
import Testing

@Suite("Reading")
struct SearchTests {
    static let many = Result { try server { _ in } }

    /// 300 people and what `change` makes of the server.
    static func server(_ change: (inout SlapdConfiguration) -> Void) throws -> PrivateSlapd {
        var configuration = SlapdConfiguration(content: people(300))
        change(&configuration)
        return try PrivateSlapd(configuration)
    }

    private func connection(_ slapd: PrivateSlapd) throws -> LDAPConnection { try connect(slapd.uri) }

    @Test("gives the same entries at once and in pages of any size", arguments: [1, 7, 100, 150, 301, 302, 5000])
    func pages(_ size: Int) throws {
        let connection = try connection(Self.many.get())
        let whole = try connection.entries(SearchRequest(base: "o=Test"))
        #expect(whole.count == 301)
        #expect(try connection.entries(SearchRequest(base: "o=Test", pageSize: size)) == whole)
        let summary = try connection.search(SearchRequest(base: "o=Test", pageSize: size)) { _ in }
        #expect((summary.entries, summary.pages, summary.references) == (301, (301 + size - 1) / size, []))
    }

    @Test("over one more connection goes to the same server, whatever its name leads to by now")
    func sameServer() throws {
        let slapd = try Self.many.get()
        let first = try connection(slapd)
        var settings = first.settingsForSameServer
        settings.address = try ServerAddress("ldap://moved.invalid:1")
        let second = try LDAPConnection.open(settings)
        #expect(try second.entries(SearchRequest(base: "o=Test")).count == 301)
    }

    @Test("lets pages grow while the server fills them", arguments: [(20, 100, [20, 80, 100, 100, 1]), (20, 20, [20]), (100, 10, [100])])
    func growingPages(_ first: Int, _ largest: Int, _ sizes: [Int]) throws {
        let connection = try connection(Self.many.get())
        let request = SearchRequest(base: "o=Test", pageSize: first, largestPageSize: largest)
        let summary = try connection.search(request) { _ in }
        #expect(summary.pages == (sizes.count > 1 ? sizes.count : (301 + first - 1) / first))
        #expect(summary.largestPage == max(first, min(largest, 100)))
        #expect(try connection.entries(request) == connection.entries(SearchRequest(base: "o=Test")))
    }

    @Test("refuses a page size that is none, before anything is sent", arguments: [0, -1, Int.min, Int(Int32.max) + 1, Int.max])
    func badPageSize(_ size: Int) throws {
        let proxy = try FaultProxy(to: Self.many.get().port)
        let connection = try connect(proxy.uri)
        try expectError(.badSetting, saying: "\(size) is not a page size", "--page-size") { () throws(LDAPError) in
            _ = try connection.names(SearchRequest(base: "o=Test", pageSize: size))
        }
        #expect(proxy.bytesToServer == 0)
    }

    @Test(
        "reaches as far as it is told",
        arguments: [
            (SearchRequest.Scope.base, "cn=p1,o=Test", 1), (.base, "o=Test", 1), (.oneLevel, "o=Test", 300), (.subtree, "o=Test", 301),
        ])
    func scope(_ scope: SearchRequest.Scope, _ base: String, _ count: Int) throws {
        #expect(try connection(Self.many.get()).names(SearchRequest(base: base, scope: scope)).count == count)
    }

    @Test("gives the attributes asked for, their values whole and in order")
    func attributes() throws {
        let slapd = try PrivateSlapd(
            SlapdConfiguration(
                content: people(1) + """
                    dn: cn=M\u{fc}ller\\, J\u{f6}rg,o=Test
                    objectClass: inetOrgPerson
                    cn: M\u{fc}ller, J\u{f6}rg
                    sn: M\u{fc}ller
                    description;lang-de: eins
                    description: one
                    description: two
                    jpegPhoto:: AP8AgAo=

                    """))
        let connection = try connection(slapd)
        var values: [(String, [UInt8])] = []
        var request = SearchRequest(base: "o=Test", filter: "(cn=M\u{fc}ller, J\u{f6}rg)")
        _ = try connection.search(request) { (entry) throws(LDAPError) in
            try entry.forEachValue { values.append(($0.text, $1.octets)) }
        }
        #expect(values.first { $0.0 == "jpegPhoto" }?.1 == [0x00, 0xFF, 0x00, 0x80, 0x0A], "no byte means anything")
        #expect(values.filter { $0.0 == "description" }.map(\.1) == [Array("one".utf8), Array("two".utf8)])
        #expect(values.filter { $0.0 == "description;lang-de" }.map(\.1) == [Array("eins".utf8)])
        request.attributes = ["sn", "entryUUID"]
        let chosen = try #require(try connection.entries(request).values.first)
        #expect(chosen.count == 2 && chosen.contains("sn: M\u{fc}ller"))
        request.attributes = ["1.1"]
        #expect(try connection.entries(request).values.first == [])
    }

    @Test("throws what the caller throws, and the connection can go on")
    func callersError() throws {
        let connection = try connection(Self.many.get())
        let own = LDAPError(.interrupted, doing: "counting", because: "it was enough")
        var count = 0
        let error = try #require(throws: LDAPError.self) {
            _ = try connection.search(SearchRequest(base: "o=Test")) { (_) throws(LDAPError) in
                count += 1
                if count == 10 { throw own }
            }
        }
        #expect(error == own)
        #expect(count == 10)
        #expect(try connection.names(SearchRequest(base: "o=Test")).count == 301)
    }

    @Test("stops when somebody asks")
    func cancelled() throws {
        let counter = Counter()
        let connection = try connect(Self.many.get().uri, isCancelled: { counter.next() > 20 })
        try expectError(.interrupted, saying: "it was interrupted") { () throws(LDAPError) in
            for _ in 1...1000 { _ = try connection.names(SearchRequest(base: "o=Test", pageSize: 10)) }
        }
    }

    @Test(
        "is refused with what to do",
        arguments: [
            ("ou=NOWHERE,o=Test", "(objectClass=*)", LDAPError.Code.noSuchObject, "the nearest entry that exists is 'o=Test'"),
            ("o=Elsewhere", "(objectClass=*)", .noSuchObject, "--base"), ("nonsense", "(objectClass=*)", .invalidDNSyntax, "ou=SITE,o=ORG"),
            ("o=Test", "(&(sn=Person)", .badFilter, "'(&(sn=Person)'"), ("o=Test", "(sn=Person))", .badFilter, "RFC 4515"),
            ("o=Test", "", .badFilter, "parentheses"), ("o=Test", "(=x)", .badFilter, "parentheses"),
            ("o=Test", "(a b=c)", .badFilter, "filter"),
            ("o=Test", "(sn=\\zz)", .badFilter, "filter"), ("o=Test\u{0},o=x", "(sn=*)", .badSetting, "null"),
            ("o=Test", "(sn=a\u{0})", .badSetting, "null"),
        ])
    func refused(_ base: String, _ filter: String, _ code: LDAPError.Code, _ words: String) throws {
        let connection = try connection(Self.many.get())
        try expectError(code, saying: words) { () throws(LDAPError) in
            _ = try connection.names(SearchRequest(base: base, filter: filter))
        }
        #expect(try connection.names(SearchRequest(base: "o=Test", scope: .base)).count == 1, "the connection can go on")
    }

    @Test("with a hostile name in the filter finds nothing else", arguments: ["*", ")(sn=*", "p1)(|(cn=*", "\\2a", "p*", "p1\u{0}"])
    func hostile(_ name: String) throws {
        let connection = try connection(Self.many.get())
        #expect(try connection.names(SearchRequest(base: "o=Test", filter: "(cn=\(FilterText.escape(name)))")) == [])
    }
}

@Suite("A read that the server limits is an error, never a short answer")
struct LimitTests {
    private func limited(_ limits: String..., request: SearchRequest, is code: LDAPError.Code, saying words: String) throws {
        let slapd = try SearchTests.server { $0.database.limits = limits }
        let connection = try connect(slapd.uri)
        try expectError(code, saying: words) { () throws(LDAPError) in _ = try connection.search(request) { _ in } }
    }

    @Test("Size limit without paging; pages get round it")
    func sizeLimit() throws {
        let limits = "* size.soft=100 size.hard=100 size.prtotal=unlimited"
        try limited(limits, request: SearchRequest(base: "o=Test"), is: .sizeLimitExceeded, saying: "only a part")
        let slapd = try SearchTests.server { $0.database.limits = [limits] }
        #expect(try connect(slapd.uri).names(SearchRequest(base: "o=Test", pageSize: 100)).count == 301)
    }

    @Test("Size limit over all pages, in a later page")
    func totalLimit() throws {
        try limited(
            "* size.soft=100 size.hard=100 size.pr=100 size.prtotal=250", request: SearchRequest(base: "o=Test", pageSize: 100),
            is: .sizeLimitExceeded, saying: "--page-size")
    }

    @Test("Pages larger than the server allows, and paging that it does not allow")
    func pageLimit() throws {
        let request = SearchRequest(base: "o=Test", pageSize: 200)
        try limited(
            "* size.soft=100 size.pr=100 size.prtotal=unlimited", request: request, is: .adminLimitExceeded, saying: "illegal pagedResults")
        try limited("* size.soft=100 size.prtotal=disabled", request: request, is: .adminLimitExceeded, saying: "--page-size")
    }

    @Test("The client's own size limit, over all pages too", arguments: [nil, 10])
    func ownLimit(_ pageSize: Int?) throws {
        let request = SearchRequest(base: "o=Test", sizeLimit: 25, pageSize: pageSize)
        try limited("* size=unlimited", request: request, is: .sizeLimitExceeded, saying: "(4)")
    }

    @Test("Too many candidates")
    func unchecked() throws {
        try limited("* size.unchecked=10", request: SearchRequest(base: "o=Test"), is: .adminLimitExceeded, saying: "(11)")
    }

    @Test(
        "A result that is no success",
        arguments: [
            ("cn=timelimit", LDAPError.Code.timeLimitExceeded, "time limit"),
            ("cn=busy", .busy, "busy (51), server is busy. Try again later"),
            ("cn=down", .unavailable, "(52)"), ("cn=no", .insufficientAccessRights, "--bind-name"),
            ("cn=drop", .connectionLost, "try again"),
            ("cn=notice", .connectionLost, "lost"),
        ])
    func result(_ name: String, _ code: LDAPError.Code, _ words: String) throws {
        let slapd = try SearchTests.server {
            $0.modules = ["retcode"]
            $0.database.lines = [
                "overlay retcode", #"retcode-parent "ou=RetCodes,o=Test""#, #"retcode-item "cn=busy" 51 op=search text="server is busy""#,
                #"retcode-item "cn=timelimit" 3 op=search"#, #"retcode-item "cn=down" 52 op=search"#, #"retcode-item "cn=no" 50 op=search"#,
                #"retcode-item "cn=drop" 0 op=search flags=pre-disconnect"#,
                #"retcode-item "cn=notice" 52 op=search unsolicited=1.3.6.1.4.1.1466.20036 text="going away""#,
            ]
        }
        let connection = try connect(slapd.uri)
        let error = try expectError(code, saying: words) {
            () throws(LDAPError) in _ = try connection.names(SearchRequest(base: "\(name),ou=RetCodes,o=Test", scope: .base))
        }
        #expect(error.operation.contains("ou=RetCodes,o=Test"))
    }

    @Test("A result that is no success in the middle of the entries", arguments: [nil, 50])
    func middle(_ pageSize: Int?) throws {
        let slapd = try SearchTests.server {
            $0.modules = ["retcode"]
            $0.database.lines = ["overlay retcode", #"retcode-parent "ou=RetCodes,o=Test""#, "retcode-indir"]
            let trap = """
                dn: cn=trap,o=Test
                objectClass: inetOrgPerson
                objectClass: errAuxObject
                cn: trap
                sn: Trap
                errCode: 51
                errOp: search
                errText: too much to do


                """
            $0.database.content = [.text(people(300).replacing("dn: cn=p150,", with: trap + "dn: cn=p150,"))]
        }
        var count = 0
        let connection = try connect(slapd.uri)
        try expectError(.busy, saying: "too much to do") { () throws(LDAPError) in
            _ = try connection.search(SearchRequest(base: "o=Test", pageSize: pageSize)) { _ in count += 1 }
        }
        #expect((1...300).contains(count), "entries came before, and not all of them")
    }

    @Test("The server is killed, or stopped as an administrator does", arguments: [true, false])
    func ended(_ isKilled: Bool) throws {
        let slapd = try SearchTests.server { _ in }
        let connection = try connect(slapd.uri)
        try expectError(.connectionLost, saying: "Nothing that was read is used") { () throws(LDAPError) in
            _ = try connection.search(SearchRequest(base: "o=Test", pageSize: 10)) { _ in
                if isKilled { slapd.kill() } else { slapd.stop() }
            }
        }
        try expectError(.connectionLost) { () throws(LDAPError) in _ = try connection.names(SearchRequest(base: "o=Test")) }
    }
}

@Suite("A connection that was lost")
struct LostConnectionTests {
    // libldap would make it anew by itself, anonymous and without TLS.
    @Test("is never made anew")
    func notAnew() throws {
        let proxy = try FaultProxy(to: SearchTests.many.get().port, scripts: [[Fault(.cut, at: .message(5))]])
        let connection = try connect(proxy.uri)
        for _ in 1...3 {
            try expectError(.connectionLost) { () throws(LDAPError) in _ = try connection.names(SearchRequest(base: "o=Test")) }
            try expectError(.connectionLost) { () throws(LDAPError) in
                try connection.bind(name: "cn=p1,o=Test", password: Secret("pass-p1"))
            }
        }
        proxy.stop()
        // One search, and nothing after it.
        #expect(proxy.bytesToServer < 60, "\(proxy.bytesToServer)")
    }
}

@Suite("References to other servers")
struct ReferralTests {
    @Test("are counted and never followed; a base below one is an error")
    func references() throws {
        let elsewhere = try PrivateSlapd(SlapdConfiguration(content: people(5)))
        let proxy = try FaultProxy(to: elsewhere.port)
        let target = "\(proxy.uri)/o=Test??sub"
        let slapd = try PrivateSlapd(
            SlapdConfiguration(
                content: people(2) + """
                    dn: ou=x,o=Test
                    objectClass: referral
                    objectClass: extensibleObject
                    ou: x
                    ref: \(target)
                    ref: ldap://192.0.2.1/o=Test

                    """))
        for pageSize in [nil, 10, 1] {
            let summary = try connect(slapd.uri).search(SearchRequest(base: "o=Test", pageSize: pageSize)) { _ in }
            #expect(summary.entries == 3)
            #expect(summary.references.count == 2)
            #expect(summary.references.contains { $0.hasPrefix(proxy.uri) })
        }
        try expectError(.referral, saying: proxy.uri, "--directory") { () throws(LDAPError) in
            _ = try connect(slapd.uri).names(SearchRequest(base: "cn=y,ou=x,o=Test", scope: .base))
        }
        #expect(proxy.connections == 0)
    }
}

/// Counts from 1, from any thread.
final class Counter: Sendable {
    private let count = Mutex(0)

    func next() -> Int {
        count.withLock {
            $0 += 1
            return $0
        }
    }
}
