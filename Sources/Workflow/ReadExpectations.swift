internal import Records

/// What a read has to show for anything to be decided on it: against the account that suddenly sees less, the wrong server, the emptied base.
struct ReadExpectations {
    /// Mailboxes that are known to be there: DN, alias, directory name or address of each.
    var canaries: [String]
    /// How many mailboxes there were the last time.
    var expectedMailboxes: Int?
    /// How much fewer there may be, in per cent of that.
    var largestShrink: Double

    /// From the settings.
    init(_ values: SettingValues) throws(Failure) {
        canaries = values.texts(.canary)
        expectedMailboxes = try values.value(.expectedMailboxes, expected: "a number of mailboxes from 1") {
            Int($0).flatMap { $0 >= 1 ? $0 : nil }
        }
        let told = try values.value(.largestShrink, expected: "a percentage from 0 to 100, such as 5 or 2.5%") { text in
            Double(text.hasSuffix("%") ? String(text.dropLast()) : text).flatMap { (0...100).contains($0) ? $0 : nil }
        }
        guard told == nil || expectedMailboxes != nil else {
            throw values.problem(.largestShrink, "needs --expected-mailboxes, the number that it is a share of")
        }
        largestShrink = told ?? 5
    }

    /// Notes in the proof what came of the expectations, and gives those that the read does not meet, in words.
    func compare(_ snapshot: inout DirectorySnapshot) -> [String] {
        let found = snapshot.proof.recipients[.mailbox, default: 0]
        if !canaries.isEmpty { snapshot.proof.canaries = findCanaries(snapshot.recipients) }
        snapshot.proof.expectation = expectedMailboxes.map {
            ReadProof.Expectation(mailboxes: $0, found: found, largestShrink: largestShrink)
        }
        let missing = (snapshot.proof.canaries ?? []).filter { $0.dn == nil }.map {
            "the canary '\($0.name)' is not among the \(found) mailboxes that were read (setting canary)"
        }
        guard let expectation = snapshot.proof.expectation, expectation.isMissed else { return missing }
        let tenths = Int((expectation.shrink * 10).rounded())
        return missing + [
            "\(found) mailboxes were read where \(expectation.mailboxes) are expected: \(tenths / 10).\(tenths % 10) per cent fewer, and largest-shrink allows \(Self.words(largestShrink))"
        ]
    }

    private func findCanaries(_ recipients: [Recipient]) -> [ReadProof.Canary] {
        var found = canaries.map { ReadProof.Canary(name: $0, dn: nil) }
        for recipient in recipients where recipient.kind == .mailbox && !recipient.isDeleted {
            for index in found.indices where found[index].dn == nil && recipient.isMeant(by: found[index].name) {
                found[index].dn = recipient.dn
            }
            if found.allSatisfy({ $0.dn != nil }) { break }
        }
        return found
    }

    private static func words(_ share: Double) -> String { share == share.rounded() ? String(Int(share)) : String(share) }
}

extension Recipient {
    /// Whether the text is its DN, alias, directory name or one of its addresses, with or without its type.
    fileprivate func isMeant(by text: String) -> Bool {
        let bytes = text.utf8.span
        if [Field.alias, .directoryName].contains(where: { withBytes(of: $0) { $0.equalsWithoutCase(bytes) } }) { return true }
        if text.contains("="), DistinguishedName(dn).normalized == DistinguishedName(text).normalized { return true }
        guard text.contains("@") || text.contains("/") || text.contains(":") else { return false }
        return addresses.contains { $0.value.equalsWithoutCase(text) || $0.description.equalsWithoutCase(text) }
    }
}
