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

    /// Each expectation that the read does not meet, in words.
    func missed(by snapshot: DirectorySnapshot) -> [String] {
        missingCanaries(snapshot.recipients).map {
            "the canary '\($0)' is not among the \(snapshot.proof.recipients[.mailbox, default: 0]) mailboxes that were read (setting canary)"
        } + shrink(snapshot.proof)
    }

    private func missingCanaries(_ recipients: [Recipient]) -> [String] {
        var missing = canaries
        guard !missing.isEmpty else { return [] }
        for recipient in recipients where recipient.kind == .mailbox && !recipient.isDeleted {
            missing.removeAll { recipient.isMeant(by: $0) }
            if missing.isEmpty { break }
        }
        return missing
    }

    private func shrink(_ proof: ReadProof) -> [String] {
        guard let expected = expectedMailboxes else { return [] }
        let found = proof.recipients[.mailbox, default: 0]
        guard Double(found) < Double(expected) * (1 - largestShrink / 100) else { return [] }
        let lost = Double(expected - found) / Double(expected) * 100
        let tenths = Int((lost * 10).rounded())
        return [
            "\(found) mailboxes were read where \(expected) are expected: \(tenths / 10).\(tenths % 10) per cent fewer, and largest-shrink allows \(Self.words(largestShrink))"
        ]
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
