import Foundation
import Records
import Testing

@testable import Reconciler

/// What holds for every organisation, tried on small random ones full of namesakes, stale addresses and strangers.
@Suite("Laws")
struct LawTests {
    /// How many random organisations each law is tried on: 40, or as many as the environment wants.
    private static let cases = ProcessInfo.processInfo.environment["LDAP_RECONCILE_LAW_CASES"].flatMap { UInt64($0) } ?? 40

    /// The seeds of one of forty parts.
    private static func seeds(_ part: UInt64) -> Range<UInt64> { cases * part / 40..<cases * (part + 1) / 40 }

    @Test("The order of entries changes nothing", arguments: 0..<40)
    func shuffledEntries(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            let places = draw.shuffled(Array(organisation.recipients.indices))
            let shuffled = decide(organisation.rows, places.map { organisation.recipients[$0] })
            let plain = decide(organisation.rows, organisation.recipients)
            for (old, new) in zip(plain, shuffled) { #expect(new.moved(places) == old, "seed \(seed)") }
        }
    }

    @Test("The order of rows changes no row's decision", arguments: 0..<40)
    func shuffledRows(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            let places = draw.shuffled(Array(organisation.rows.indices))
            let shuffled = decide(places.map { organisation.rows[$0] }, organisation.recipients)
            let plain = decide(organisation.rows, organisation.recipients)
            for (index, place) in places.enumerated() {
                var decision = shuffled[index]
                decision.rivalRows = decision.rivalRows.map { places[$0] }.sorted()
                #expect(decision.situation == plain[place].situation && decision.target == plain[place].target)
                #expect(decision.rivals == plain[place].rivals && decision.rivalRows == plain[place].rivalRows)
            }
        }
    }

    @Test("At most one row is certain for a mailbox", arguments: 0..<40)
    func oneToOne(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            let decided = decide(organisation.rows, organisation.recipients).filter { $0.situation == .certain || $0.situation == .correct }
            let targets = decided.compactMap { $0.target?.recipient }
            #expect(targets.count == decided.count && Set(targets).count == targets.count)
            #expect(targets.allSatisfy { organisation.recipients[$0].kind == .mailbox && !organisation.recipients[$0].isDeleted })
        }
    }

    @Test("A second mailbox of the same name never makes another one certain", arguments: 0..<40)
    func anotherNamesake(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            var twin = organisation.recipients[draw.below(organisation.recipients.count)]
            twin = mailbox("twin\(seed)", twin.displayName, given: twin.givenName, surname: twin.surname)
            let before = decide(organisation.rows, organisation.recipients)
            let after = decide(organisation.rows, organisation.recipients + [twin])
            for (old, new) in zip(before, after) where new.situation == .certain {
                #expect(old.situation == .certain && old.target?.recipient == new.target?.recipient, "seed \(seed): \(old) \(new)")
            }
        }
    }

    @Test("An entry that has nothing to do with anybody changes no decision from one mailbox to another, and makes none", arguments: 0..<40)
    func unrelatedEntry(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            let stranger = mailbox("zq\(seed)", "Zacharias Quintero", given: "Zacharias", surname: "Quintero")
            let before = decide(organisation.rows, organisation.recipients)
            let after = decide(organisation.rows, organisation.recipients + [stranger])
            for (old, new) in zip(before, after) { #expect(old.situation == new.situation && old.target == new.target) }
        }
    }

    @Test("What the map says is done, or doubted or lost with a reason; and nobody else gets the mailbox", arguments: 0..<40)
    func mapped(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            let row = draw.below(organisation.rows.count)
            let target = draw.below(organisation.recipients.count)
            let recipient = organisation.recipients[target]
            let pair = MappedPair(mailboxName: organisation.rows[row].mailboxName, recipient: recipient.dn, line: 1)
            let decisions = decide(organisation.rows, organisation.recipients, settings: ReconcilerSettings(map: [pair]))
            let namesakes = organisation.rows.filter { $0.mailboxName.equalsWithoutCase(pair.mailboxName) }.count
            if recipient.isDeleted {
                #expect(decisions[row].situation == .unknown, "\(decisions[row])")
            } else if recipient.kind == .mailbox, namesakes == 1 {
                let decision = decisions[row]
                // Only the row's own address on somebody else speaks against the map.
                let isDoubted = decision.rivals.contains { rival in
                    rival.recipient != target && rival.evidence.contains { $0.force == .identifying }
                }
                #expect(
                    ([.certain, .correct, .contested].contains(decision.situation) && decision.target?.recipient == target)
                        || ([.ambiguous, .probable].contains(decision.situation) && isDoubted), "seed \(seed): \(decision)")
            }
            for (index, decision) in decisions.enumerated() where index != row && decision.situation == .certain {
                #expect(decision.target?.recipient != target || namesakes > 1, "seed \(seed): \(decision), \(decisions[row])")
            }
        }
    }

    @Test("After certain rows are applied, they are correct and all others are as they were", arguments: 0..<40)
    func applied(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            let before = decide(organisation.rows, organisation.recipients)
            var rows = organisation.rows
            for (index, decision) in before.enumerated() where decision.situation == .certain {
                guard let target = decision.target else { continue }
                rows[index].commonName = organisation.recipients[target.recipient].directoryName
                rows[index].mode = .blank
            }
            for (old, new) in zip(before, decide(rows, organisation.recipients)) {
                #expect(new.situation == (old.situation == .certain ? .correct : old.situation))
                #expect(new.target == old.target)
            }
        }
    }

    @Test("A row identified by the address of one mailbox, with the same name, is certain", arguments: 0..<40)
    func identified(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            var organisation = Organisation(&draw)
            let owner = mailbox("zq\(seed)", "Zacharias Quintero", given: "Zacharias", surname: "Quintero", addresses: ["ms:NET/PO/ZQ"])
            organisation.recipients.insert(owner, at: draw.below(organisation.recipients.count))
            organisation.rows.append(row("ZQ", "Quintero, Zacharias", address: "NET/PO/ZQ"))
            #expect(decide(organisation.rows, organisation.recipients).last?.situation == .certain)
        }
    }

    @Test("Similar names alone are never certain: without two pieces or an address there is no certainty", arguments: 0..<40)
    func twoPieces(part: UInt64) {
        for seed in Self.seeds(part) {
            var draw = Draw(seed)
            let organisation = Organisation(&draw)
            for decision in decide(organisation.rows, organisation.recipients) where decision.situation == .certain {
                let evidence = decision.target?.evidence ?? []
                let isIdentified = evidence.contains { $0.force == .identifying }
                #expect(isIdentified || evidence.filter { $0.force == .naming }.count >= 2)
            }
        }
    }

    @Test("Ten thousand rows and entries of one name take no quadratic time and are never certain", .timeLimit(.minutes(1)))
    func oneName() {
        let recipients = (0..<10_000).map { mailbox("js\($0)", "John Smith", given: "John", surname: "Smith") }
        let rows = (0..<10_000).map { row("X\($0)", "John Smith", number: $0 + 1) }
        #expect(decide(rows, recipients).allSatisfy { $0.situation == .ambiguous })
    }
}

extension Decision {
    /// The decision with its recipients at the places that they came from.
    fileprivate func moved(_ places: [Int]) -> Decision {
        var result = self
        result.target?.recipient = target.map { places[$0.recipient] } ?? 0
        result.rivals = rivals.map { Candidate(recipient: places[$0.recipient], evidence: $0.evidence) }
        result.namesakes = namesakes.map { Candidate(recipient: places[$0.recipient], evidence: $0.evidence) }
        return result
    }
}

/// A small random organisation in which everything goes wrong often.
private struct Organisation {
    var recipients: [Recipient] = []
    var rows: [MigrationRow] = []

    init(_ draw: inout Draw) {
        let givens = ["John", "Jack", "Mary", "Jörg", "Anna"]
        let surnames = ["Smith", "Müller", "Jones", "van Dam"]
        for number in 0..<(10 + draw.below(40)) {
            let given = givens[draw.below(5)]
            let surname = surnames[draw.below(4)]
            let short = "\(given.prefix(1))\(surname.prefix(4))".filter { $0.isASCII && $0 != " " }
            let old = draw.below(3) == 0 ? ["MS:NET/PO\(draw.below(2))/\(short.uppercased())\(draw.below(4))"] : []
            let entry = mailbox(
                "\(short.lowercased())\(draw.below(2) == 0 ? "" : "\(number)")",
                draw.below(2) == 0 ? "\(given) \(surname)" : "\(surname), \(given)",
                given: draw.below(3) == 0 ? "" : given, surname: surname, addresses: old + ["MS:ORG/HQ/\(short.uppercased())\(number)"],
                initials: draw.below(3) == 0 ? "Q" : "", directoryName: "\(short.lowercased())\(number)",
                kind: draw.below(8) == 0 ? .customRecipient : .mailbox, isDeleted: draw.below(20) == 0)
            recipients.append(entry)
        }
        for number in 1...(5 + draw.below(30)) {
            let given = givens[draw.below(5)]
            let surname = surnames[draw.below(4)]
            let short = "\(given.prefix(1))\(surname.prefix(4))".uppercased().filter { $0.isASCII && $0 != " " } + "\(draw.below(4))"
            let address = draw.below(2) == 0 ? "NET/PO\(draw.below(2))/\(short)" : ""
            let name = ["\(given) \(surname)", "\(surname), \(given)", "\(given) Q. \(surname)", "\(given.prefix(1)). \(surname)"][
                draw.below(4)]
            rows.append(row(short, name, address: address, number: number))
        }
    }
}

/// A small generator of reproducible numbers (SplitMix64).
private struct Draw {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        return Int(state.mixed % UInt64(limit))
    }

    mutating func shuffled(_ values: [Int]) -> [Int] {
        var values = values
        for index in values.indices.reversed() where index > 0 { values.swapAt(index, below(index + 1)) }
        return values
    }
}
