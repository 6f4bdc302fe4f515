import Testing

@testable import LDAPClient

@Suite("A domain's servers")
struct ServiceRecordsTests {
    private func order(_ records: [ServiceDomain.Record], seed: UInt64) -> [String] {
        var generator = Counting(state: seed)
        return ServiceDomain.ordered(records, &generator).map(\.target)
    }

    /// A small generator whose numbers follow from its seed (SplitMix64).
    private struct Counting: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state &+= 0x9e37_79b9_7f4a_7c15
            var bits = state
            bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
            bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
            return bits ^ (bits >> 31)
        }
    }

    @Test("come by priority, whatever their weight")
    func priority() {
        let records = [
            ServiceDomain.Record(priority: 20, weight: 65535, port: 389, target: "c"),
            .init(priority: 0, weight: 0, port: 389, target: "a"),
            .init(priority: 10, weight: 5, port: 389, target: "b"),
        ]
        for seed in 0..<50 { #expect(order(records, seed: UInt64(seed)) == ["a", "b", "c"]) }
    }

    @Test("within a priority are drawn by weight, and each comes once (RFC 2782)")
    func weight() {
        let records = [
            ServiceDomain.Record(priority: 1, weight: 60, port: 1, target: "big"), .init(priority: 1, weight: 20, port: 1, target: "small"),
            .init(priority: 1, weight: 20, port: 1, target: "other"), .init(priority: 1, weight: 0, port: 1, target: "none"),
        ]
        var first: [String: Int] = [:]
        for seed in 0..<2000 {
            let drawn = order(records, seed: UInt64(seed))
            #expect(drawn.sorted() == ["big", "none", "other", "small"])
            first[drawn[0], default: 0] += 1
        }
        #expect((1100...1300).contains(first["big"] ?? 0), "\(first)")
        #expect((320...480).contains(first["small"] ?? 0), "\(first)")
        #expect((1...60).contains(first["none"] ?? 0), "\(first)")
    }

    @Test("are looked up under _ldap._tcp, or under the name as it is")
    func names() throws {
        #expect(try ServiceDomain("ad.example").serviceName == "_ldap._tcp.ad.example")
        #expect(try ServiceDomain("_ldap._tcp.dc._msdcs.ad.example").serviceName == "_ldap._tcp.dc._msdcs.ad.example")
        for name in ["", "a..b", "a b", ".a", String(repeating: "x", count: 64), "a.\u{0}"] {
            #expect(throws: LDAPError.self) { try ServiceDomain(name) }
        }
        for server in ["", "ns.example", "127.0.0.1:0", "127.0.0.1:x", "::1", "127.0.0.1:53:53"] {
            #expect(throws: LDAPError.self) { try ServiceDomain("a", nameServer: server) }
        }
    }
}
