internal import Records

/// Turns entries into recipients by a profile, whatever the entries come from: an LDAP message or an LDIF file.
///
/// Called once for each value with borrowed bytes; only what becomes part of a recipient is copied.
struct EntryTranslator {
    private let profile: CompiledProfile
    private var attributes: DescriptionMemory
    /// The entry at hand.
    private var values: EntryValues
    private var classBits: UInt64 = 0
    private var unreadable: [Int] = []
    private var isPartial = false
    private var servers = ServerMemory()
    /// What was seen over all entries.
    private(set) var tally = ReadTally()

    init(_ profile: DirectoryProfile) {
        self.profile = CompiledProfile(profile)
        attributes = DescriptionMemory(self.profile.slots)
        values = EntryValues(slots: self.profile.slots.count)
    }

    /// Takes one value of the entry at hand.
    mutating func add(attribute: Span<UInt8>, value: Span<UInt8>) {
        guard let place = attributes.place(of: attribute) else { return }
        if place.slot == 0 { return addClass(value) }
        if place.options.isRange { isPartial = true }
        if place.isBinaryID {
            _ = values.append(BinaryID.text(value).utf8.span, to: place.slot, isVariant: false)
        } else if !values.append(value, to: place.slot, isVariant: place.options.isVariant) {
            unreadable.append(place.slot)
        }
    }

    private mutating func addClass(_ value: Span<UInt8>) {
        for (index, name) in profile.classNames.enumerated() where value.equalsWithoutCase(name) { classBits |= 1 << UInt64(index) }
    }

    /// Ends the entry at hand and begins the next; `nil` when the entry is not a recipient.
    mutating func finish(dn: String) -> Recipient? {
        defer { drop() }
        tally.entries += 1
        values.admitVariants()
        // A closure, not the method itself: that would copy all of this for each entry.
        guard let kind = profile.rules.first(where: { fits($0) })?.kind else { return nil }
        let recipient = recipient(dn: dn, kind: kind)
        tally.note(recipient)
        for slot in unreadable { tally.remark("\(dn): a value of '\(profile.slots.name(of: slot))' is not UTF-8 and was left out") }
        if isPartial { tally.partialEntries += 1 }
        return recipient
    }

    private func fits(_ rule: CompiledProfile.Rule) -> Bool {
        (rule.classMask == 0 || classBits & rule.classMask != 0) && (rule.presence.map { values.first($0) != nil } ?? true)
            && rule.conditions.allSatisfy { condition in
                values.first(condition.slot) { values.equalsWithoutCase($0, condition.value) } != nil
            }
    }

    private mutating func recipient(dn: String, kind: RecipientKind) -> Recipient {
        let name = directoryName(dn: dn)
        return Recipient(
            dn: dn, kind: kind, directoryName: name, alias: text(profile.alias), displayName: displayName(directoryName: name),
            givenName: text(profile.givenName), surname: text(profile.surname), initials: text(profile.initials), addresses: addresses(),
            homeServer: homeServer(), key: text(profile.key), id: text(profile.id), isHidden: isTrue(profile.hidden),
            isDeleted: isTrue(profile.deleted))
    }

    private mutating func directoryName(dn: String) -> String {
        let leaf = DistinguishedName.leafValue(of: dn)
        switch profile.directoryName {
        case .leafOfDN:
            if let slot = profile.directoryNameCheck, let value = values.first(slot), !values.equalsWithoutCase(value, leaf) {
                let (name, said) = (profile.slots.name(of: slot), values.text(value))
                tally.remark("\(dn): '\(name)' says '\(said)', which is not the DN's first part; the DN is taken")
            }
            return leaf
        case .leafOfLegacyDN: return profile.legacyDN.flatMap { values.first($0) }.flatMap { LegacyDN.leaf(of: values.text($0)) } ?? leaf
        }
    }

    private func displayName(directoryName: String) -> String {
        for slot in profile.displayName {
            // `cn` often has the naming value first and the name for people after it.
            if let name = values.first(slot, where: { !values.equalsWithoutCase($0, directoryName) }) { return values.text(name) }
            if profile.displayNameRepeatsDirectoryName, let name = values.first(slot) { return values.text(name) }
        }
        return ""
    }

    private func addresses() -> [MailAddress] {
        var result: [MailAddress] = []
        result.reserveCapacity(profile.addresses.reduce(0) { $0 + values.count(of: $1.slot) })
        for source in profile.addresses {
            values.forEach(of: source.slot) { value in
                guard let address = address(value, from: source),
                    !result.contains(where: { $0.type == address.type && $0.value.equalsWithoutCase(address.value) })
                else { return }
                result.append(address)
            }
        }
        return result
    }

    /// `nil` where the value has no type before the separator.
    private func address(_ value: Span<UInt8>, from source: CompiledProfile.AddressSource) -> MailAddress? {
        guard let separator = source.separator else { return MailAddress(type: source.type, value: String(copyingUTF8: value)) }
        guard let mark = value.indices.first(where: { value[$0] == separator }), mark > 0 else { return nil }
        return MailAddress(
            type: String(copyingUTF8: value.extracting(..<mark)), value: String(copyingUTF8: value.extracting((mark + 1)...)))
    }

    private mutating func homeServer() -> String {
        guard let value = values.first(profile.homeServer), !value.range.isEmpty else { return "" }
        return servers.server(of: value, in: values)
    }

    private func text(_ slots: [Int]) -> String { values.text(values.first(slots)) }

    private func isTrue(_ slots: [Int]) -> Bool {
        guard let value = values.first(slots) else { return false }
        return values.equalsWithoutCase(value, "1") || values.equalsWithoutCase(value, "true")
    }

    /// Forgets the entry at hand.
    mutating func drop() {
        values.removeAll()
        classBits = 0
        if !unreadable.isEmpty { unreadable.removeAll() }
        isPartial = false
    }
}
