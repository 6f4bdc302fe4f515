import Records

/// What would settle a row that several mailboxes fit, or a mailbox that several rows claim. Nothing is named that is there already.
extension TurningPoints {
    /// The mailboxes in question, but for the one to which a trap leads.
    static func mailboxes(of row: PlannedRow) -> [PlannedCandidate] {
        ([row.target].compactMap(\.self) + row.rivals).filter { candidate in
            candidate.kind == .mailbox && !candidate.has("common-name") && !candidate.has("import-meets")
        }
    }

    /// For a row that several mailboxes fit.
    static func whatSetsApart(_ row: PlannedRow) -> [String] {
        let mailboxes = mailboxes(of: row)
        let known = mailboxes.filter(\.isIdentified)
        if !known.isEmpty { return whatSetsApart(known) }
        var lines = [onOne]
        let shared = mailboxes.flatMap(\.evidence).filter { $0.name == "same-name" }
        if !shared.isEmpty {
            if shared.contains(where: { $0.text.contains(" entr") }) {
                lines.append("the others of the same name excluded (--exclude), if they are nobody's mailbox")
            }
            return lines
        }
        let ways = [
            ("a middle initial on both sides", ["middle-initial", "other-middle-initial"]),
            ("a department where the row's people are", ["home-department"]),
            ("a container where they are (--home)", ["home-container", "other-container"]),
        ]
        let missing = ways.filter { way in !mailboxes.contains { mailbox in way.1.contains(where: mailbox.has) } }.map(\.0)
        // Where so many have the name that none was looked at, none of these would be seen.
        if !mailboxes.isEmpty, !missing.isEmpty { lines.append(missing.joined(separator: ", or ") + ", that sets one of them apart") }
        return lines
    }

    /// For a row that is identified with some of the mailboxes that fit.
    private static func whatSetsApart(_ known: [PlannedCandidate]) -> [String] {
        let firm = known.filter(\.isFirm)
        var lines: [String] = []
        if firm.count < 2 {
            let names = (firm.isEmpty ? known : firm).filter { !$0.has("explicit-map") }.map(\.shownName)
            if !names.isEmpty { lines.append("a line of the map for \(names.joined(separator: " or ")), if that is the person's") }
        }
        lines.append(known.count == 1 ? "this taken away, if it is wrong:" : "all of these but the right one taken away:")
        for mailbox in known {
            for evidence in mailbox.evidence where evidence.force == .identifying {
                lines.append("  \(mailbox.shownName): \(evidence.text)")
            }
        }
        return lines
    }

    /// For a row whose mailbox others claim, too.
    static func whatSettles(_ row: PlannedRow) -> [String] {
        let out = "the row taken out, or MigrateUser N, that is nobody's"
        guard let target = row.target, target.isFirm else { return ["a line of the map for one of the rows", out] }
        let known = target.evidence.filter { $0.force == .identifying }.map(\.text).joined(separator: "; ")
        return ["what speaks for this row taken away, if it is wrong: \(known); or what speaks for the other rows", out]
    }

    /// What would have to be on one of the mailboxes; `nil` where it is there already.
    static func onOne(of mailboxes: [PlannedCandidate]) -> String? {
        if mailboxes.contains(where: { $0.has("explicit-map") }) { return nil }
        return mailboxes.contains(where: \.isIdentified) ? "a line of the map" : onOne
    }
}

extension PlannedCandidate {
    fileprivate func has(_ name: String) -> Bool { evidence.contains { $0.name == name } }

    /// Whether an address, a key or the map says that the mailbox is the row's.
    fileprivate var isIdentified: Bool { evidence.contains { $0.force == .identifying } }

    /// Whether it is so and nothing makes that doubtful.
    fileprivate var isFirm: Bool {
        let conflicts: Set<String> = ["other-names", "other-number", "other-middle-initial", "other-suffix"]
        return has("explicit-map") || (isIdentified && !evidence.contains { conflicts.contains($0.name) })
    }

    /// The name in the address book, or the Directory Name.
    fileprivate var shownName: String { displayName.isEmpty ? directoryName : displayName }
}
