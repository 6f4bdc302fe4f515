internal import Records

/// Turns entries into recipients by a profile, whatever the entries come from: an LDAP message or an LDIF file.
///
/// Called once for each value with borrowed bytes; only what becomes part of a recipient is copied. About 5 µs for an entry of 15 values.
struct EntryTranslator {
    private let profile: DirectoryProfile
    private let slots: AttributeSlots
    private let rules: [CompiledRule]
    private var classBits: UInt64 = 0
    private var values: [[String]]
    private var servers: [String: String] = [:]
    private var unreadable: [String] = []
    private var isPartial = false
    /// What was seen over all entries.
    private(set) var tally = ReadTally()

    init(_ profile: DirectoryProfile) {
        self.profile = profile
        slots = AttributeSlots(profile.attributes)
        values = Array(repeating: [], count: slots.count)
        var classes: [String] = []
        rules = profile.kinds.map { CompiledRule($0, slots: AttributeSlots(profile.attributes), classes: &classes) }
        classNames = classes.map { Array($0.lowercased().utf8) }
    }

    private let classNames: [[UInt8]]

    /// Takes one value of the entry at hand.
    mutating func add(attribute: Span<UInt8>, value: Span<UInt8>) {
        guard let (slot, options) = slots.place(of: attribute) else { return }
        if slot == 0 { return addClass(value) }
        if options.isRange { isPartial = true }
        if slots.isBinaryID(slot) {
            values[slot].append(BinaryID.text(value))
        } else if let text = value.text {
            values[slot].append(text)
        } else {
            unreadable.append(slots.name(of: slot))
        }
    }

    private mutating func addClass(_ value: Span<UInt8>) {
        for (index, name) in classNames.enumerated() where value.equalsWithoutCase(name) { classBits |= 1 << UInt64(index) }
    }

    /// Ends the entry at hand and begins the next; `nil` when the entry is not a recipient.
    mutating func finish(dn: String) -> Recipient? {
        defer { reset() }
        tally.entries += 1
        guard let kind = rules.first(where: { $0.fits(classBits, values) })?.kind else { return nil }
        let recipient = recipient(dn: dn, kind: kind)
        tally.note(recipient)
        for name in unreadable { tally.remark("\(dn): a value of '\(name)' is not UTF-8 and was left out") }
        if isPartial { tally.partialEntries += 1 }
        return recipient
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
            if let check = profile.directoryNameCheck, let value = values(of: check).first, value.lowercased() != leaf.lowercased() {
                tally.remark("\(dn): '\(check)' says '\(value)', which is not the DN's first part; the DN is taken")
            }
            return leaf
        case .leafOfLegacyDN:
            guard let legacy = values(of: profile.legacyDN ?? "").first, let name = LegacyDN.leaf(of: legacy) else { return leaf }
            return name
        }
    }

    private func displayName(directoryName: String) -> String {
        for attribute in profile.displayName {
            let names = values(of: attribute)
            if profile.displayNameRepeatsDirectoryName, let name = names.first { return name }
            if let name = names.first(where: { $0.lowercased() != directoryName.lowercased() }) { return name }
        }
        return ""
    }

    private func addresses() -> [MailAddress] {
        var result: [MailAddress] = []
        for source in profile.addresses {
            for value in values(of: source.attribute) {
                let address = source.separator.map { MailAddress(value, separator: $0) } ?? MailAddress(type: source.type, value: value)
                guard let address,
                    !result.contains(where: { $0.type == address.type && $0.value.lowercased() == address.value.lowercased() })
                else { continue }
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

    private func first(_ attributes: [String]) -> String {
        for attribute in attributes { if let value = values(of: attribute).first { return value } }
        return ""
    }

    private func isTrue(_ attributes: [String]) -> Bool {
        ["true", "1"].contains(first(attributes).lowercased())
    }

    private func values(of attribute: String) -> [String] {
        slots.index(of: attribute).map { values[$0] } ?? []
    }

    private mutating func reset() {
        for index in values.indices where !values[index].isEmpty { values[index].removeAll(keepingCapacity: true) }
        classBits = 0
        unreadable.removeAll()
        isPartial = false
    }
}

/// A line of a profile's `kinds`, with class names as bits and attributes as slots.
private struct CompiledRule {
    let kind: RecipientKind?
    private let classMask: UInt64
    private let presence: Int?
    private let conditions: [(slot: Int, value: String)]

    init(_ rule: DirectoryProfile.KindRule, slots: AttributeSlots, classes: inout [String]) {
        kind = rule.kind
        var mask: UInt64 = 0
        for name in rule.objectClasses {
            let index = classes.firstIndex { $0.lowercased() == name.lowercased() } ?? classes.count
            if index == classes.count { classes.append(name) }
            mask |= 1 << UInt64(index)
        }
        classMask = mask
        presence = rule.has.isEmpty ? nil : slots.index(of: rule.has)
        conditions = rule.values.compactMap { name, value in slots.index(of: name).map { ($0, value.lowercased()) } }
    }

    func fits(_ classBits: UInt64, _ values: [[String]]) -> Bool {
        (classMask == 0 || classBits & classMask != 0) && (presence.map { !values[$0].isEmpty } ?? true)
            && conditions.allSatisfy { condition in values[condition.slot].contains { $0.lowercased() == condition.value } }
    }
}
