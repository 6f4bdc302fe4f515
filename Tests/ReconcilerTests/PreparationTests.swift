import Records
import Testing

@testable import Reconciler

@Suite("Recipients that are folded as they come")
struct PreparationTests {
    private let people = (0..<500).map { number in
        mailbox(
            "user\(number)", "Müller\(number % 7), Jörg\(number % 11)", given: "Jörg\(number % 11)", surname: "Müller\(number % 7)",
            addresses: ["MS:CONTOSO/PO\(number % 3)/USER\(number)"], container: "cn=Recipients,ou=Site\(number % 4),o=Org")
    }

    private func decisions(_ preparation: RecipientPreparation?) -> [Decision] {
        let rows = (0..<500).map {
            row(
                "USER\($0)", "Joerg\($0 % 11) Mueller\($0 % 7)", address: $0 % 2 == 0 ? "CONTOSO/PO\($0 % 3)/USER\($0)" : "", number: $0 + 1
            )
        }
        let reconciler = Reconciler()
        let deliberation = reconciler.deliberate(reconciler.prepare(rows), snapshot: snapshot(people), preparation: preparation)
        return rows.indices.map(deliberation.decision)
    }

    private func preparation(batches: Int) -> RecipientPreparation {
        let preparation = RecipientPreparation(ReconcilerSettings())
        preparation.begin()
        for start in stride(from: 0, to: people.count, by: batches) {
            preparation.add(Array(people[start..<min(start + batches, people.count)]))
            preparation.add([])
        }
        return preparation
    }

    @Test("are decided on as if all were there at once, however they came", arguments: [1, 7, 100, 499, 500])
    func batches(_ size: Int) {
        #expect(decisions(preparation(batches: size)) == decisions(nil))
    }

    @Test("count no more when the read begins again")
    func begunAgain() {
        let preparation = RecipientPreparation(ReconcilerSettings())
        preparation.begin()
        preparation.add(Array(people.reversed()))
        preparation.begin()
        preparation.add(people)
        #expect(decisions(preparation) == decisions(nil))
    }

    @Test("are all folded anew when others came than the snapshot has")
    func others() {
        let preparation = RecipientPreparation(ReconcilerSettings())
        preparation.begin()
        preparation.add(Array(people.prefix(20)))
        #expect(decisions(preparation) == decisions(nil))
    }
}
