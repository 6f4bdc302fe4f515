internal import Records

/// Turns entries into recipients by a profile, whatever the entries come from: an LDAP message or an LDIF file.
///
/// Called once for each value with borrowed bytes; only what becomes part of a recipient is copied.
struct EntryTranslator {
    private let profile: CompiledProfile
    /// The values of the entry at hand, in the directory's order.
    private var values: [(slot: Int, text: String)] = []
    private var classBits: UInt64 = 0
    /// The same with an option such as `;lang-de`: what they say counts only where there is nothing without one.
    private var optional: [(slot: Int, text: String)] = []
    private var unreadable: [Int] = []
    private var isPartial = false
    private var servers: [String: String] = [:]
    /// What was seen over all entries.
    private(set) var tally = ReadTally()

    init(_ profile: DirectoryProfile) { self.profile = CompiledProfile(profile) }

    /// Takes one value of the entry at hand.
    mutating func add(attribute: Span<UInt8>, value: Span<UInt8>) {
        guard let (slot, options) = profile.slots.place(of: attribute) else { return }
        if slot == 0 { return addClass(value) }
        if options.isRange { isPartial = true }
        if profile.slots.isBinaryID(slot) {
            values.append((slot, BinaryID.text(value)))
        } else if let text = value.text {
            if options.isVariant { optional.append((slot, text)) } else { values.append((slot, text)) }
        } else {
            unreadable.append(slot)
        }
    }

    private mutating func addClass(_ value: Span<UInt8>) {
        for (index, name) in profile.classNames.enumerated() where value.equalsWithoutCase(name) { classBits |= 1 << UInt64(index) }
    }

    /// Ends the entry at hand and begins the next; `nil` when the entry is not a recipient.
    mutating func finish(dn: String) -> Recipient? {
        defer { drop() }
        tally.entries += 1
        if !optional.isEmpty { values += optional }
        // A closure, not the method itself: that would copy all of this for each entry.
        guard let kind = profile.rules.first(where: { fits($0) })?.kind else { return nil }
        let recipient = recipient(dn: dn, kind: kind)
        tally.note(recipient)
        for slot in unreadable { tally.remark("\(dn): a value of '\(profile.slots.name(of: slot))' is not UTF-8 and was left out") }
        if isPartial { tally.partialEntries += 1 }
        return recipient
    }

    private func fits(_ rule: CompiledProfile.Rule) -> Bool {
        (rule.classMask == 0 || classBits & rule.classMask != 0) && (rule.presence.map { first($0) != nil } ?? true)
            && rule.conditions.allSatisfy { condition in
                values.contains { $0.slot == condition.slot && $0.text.equalsWithoutCase(condition.value) }
            }
    }

    private mutating func recipient(dn: String, kind: RecipientKind) -> Recipient {
        let name = directoryName(dn: dn)
        return Recipient(
            dn: dn, kind: kind, directoryName: name, alias: first(profile.alias), displayName: displayName(directoryName: name),
            givenName: first(profile.givenName), surname: first(profile.surname), initials: first(profile.initials), addresses: addresses(),
            homeServer: homeServer(), key: first(profile.key), id: first(profile.id), isHidden: isTrue(profile.hidden),
            isDeleted: isTrue(profile.deleted))
    }

    private mutating func directoryName(dn: String) -> String {
        let leaf = DistinguishedName.leafValue(of: dn)
        switch profile.directoryName {
        case .leafOfDN:
            if let slot = profile.directoryNameCheck, let value = first(slot), !value.equalsWithoutCase(leaf) {
                tally.remark("\(dn): '\(profile.slots.name(of: slot))' says '\(value)', which is not the DN's first part; the DN is taken")
            }
            return leaf
        case .leafOfLegacyDN: return profile.legacyDN.flatMap(first).flatMap { LegacyDN.leaf(of: $0) } ?? leaf
        }
    }

    private func displayName(directoryName: String) -> String {
        for slot in profile.displayName {
            // `cn` often has the naming value first and the name for people after it.
            if let name = values.first(where: { $0.slot == slot && !$0.text.equalsWithoutCase(directoryName) }) { return name.text }
            if profile.displayNameRepeatsDirectoryName, let name = first(slot) { return name }
        }
        return ""
    }

    private func addresses() -> [MailAddress] {
        var result: [MailAddress] = []
        for source in profile.addresses {
            for value in values where value.slot == source.slot {
                let address =
                    source.separator.map { MailAddress(value.text, separator: $0) } ?? MailAddress(type: source.type, value: value.text)
                guard let address, !result.contains(where: { $0.type == address.type && $0.value.equalsWithoutCase(address.value) }) else {
                    continue
                }
                result.append(address)
            }
        }
        return result
    }

    /// Thousands of mailboxes share a server, so each spelling is taken apart once.
    private mutating func homeServer() -> String {
        let value = first(profile.homeServer)
        if value.isEmpty { return "" }
        if let known = servers[value] { return known }
        let server = LegacyDN.server(of: value)
        servers[value] = server
        return server
    }

    private func first(_ slots: [Int]) -> String {
        for slot in slots { if let value = first(slot) { return value } }
        return ""
    }

    private func first(_ slot: Int) -> String? { values.first { $0.slot == slot }?.text }

    private func isTrue(_ slots: [Int]) -> Bool {
        let value = first(slots)
        return value == "1" || value.equalsWithoutCase("true")
    }

    /// Forgets the entry at hand.
    mutating func drop() {
        if !optional.isEmpty { optional.removeAll() }
        values.removeAll(keepingCapacity: true)
        classBits = 0
        if !unreadable.isEmpty { unreadable.removeAll() }
        isPartial = false
    }
}
