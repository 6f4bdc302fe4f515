internal import Records

/// Turns entries into recipients by a profile, whatever the entries come from: an LDAP message or an LDIF file.
///
/// Called with borrowed bytes: the DN, then each value; only what becomes part of a recipient is copied, and no text is made of it.
struct EntryTranslator {
    private let profile: CompiledProfile
    private var attributes: DescriptionMemory
    /// The entry at hand.
    private var dn: [UInt8] = []
    private var values: EntryValues
    private var classBits: UInt64 = 0
    private var unreadable: [Int] = []
    private var servers = ServerMemory()
    /// The Directory Name of the entry at hand.
    private var directoryName: [UInt8] = []
    /// What was seen over all entries.
    private(set) var tally = ReadTally()

    init(_ profile: DirectoryProfile) {
        self.profile = CompiledProfile(profile)
        attributes = DescriptionMemory(self.profile.slots)
        values = EntryValues(slots: self.profile.slots.count)
    }

    /// Begins an entry; what was there of one that was not finished is forgotten.
    mutating func begin(dn name: Span<UInt8>) {
        drop()
        self.name(name)
    }

    /// Names the entry at hand, whose values may have come before.
    mutating func name(_ name: Span<UInt8>) {
        dn.removeAll(keepingCapacity: true)
        name.withUnsafeBufferPointer { dn.append(contentsOf: $0) }
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

    /// Whether the server sent only a part of some attribute's values of the entry at hand.
    private(set) var isPartial = false

    /// Ends the entry at hand and adds it to `packer`; gives false when it is not a recipient.
    mutating func finish(into packer: inout RecipientPacker) -> Bool {
        tally.entries += 1
        values.admitVariants()
        // A closure, not the method itself: that would copy all of this for each entry.
        guard let kind = profile.rules.first(where: { fits($0) })?.kind else {
            drop()
            return false
        }
        pack(kind, into: &packer)
        for slot in unreadable { tally.remark("\(dnText): a value of '\(profile.slots.name(of: slot))' is not UTF-8 and was left out") }
        if isPartial { tally.partialEntries += 1 }
        drop()
        return true
    }

    /// The same, for a single recipient; `nil` when the entry is none.
    mutating func recipient() -> Recipient? {
        var packer = RecipientPacker()
        return finish(into: &packer) ? packer.take().first : nil
    }

    /// The DN of the entry at hand.
    var dnText: String { String(copyingUTF8: dn.span) }

    private func fits(_ rule: CompiledProfile.Rule) -> Bool {
        (rule.classMask == 0 || classBits & rule.classMask != 0) && (rule.presence.map { values.first($0) != nil } ?? true)
            && rule.conditions.allSatisfy { condition in
                values.first(condition.slot) { values.equalsWithoutCase($0, condition.value) } != nil
            }
    }

    /// Adds the texts in the order of `Recipient.Field`, then the addresses.
    private mutating func pack(_ kind: RecipientKind, into packer: inout RecipientPacker) {
        findDirectoryName()
        let isHidden = isTrue(profile.hidden)
        packer.add(dn.span)
        packer.add(directoryName.span)
        let alias = values.first(profile.alias)
        add(alias, to: &packer)
        add(displayName(), to: &packer)
        add(values.first(profile.givenName), to: &packer)
        add(values.first(profile.surname), to: &packer)
        add(values.first(profile.initials), to: &packer)
        addHomeServer(to: &packer)
        add(values.first(profile.key), to: &packer)
        add(values.first(profile.id), to: &packer)
        let hasAddress = addAddresses(to: &packer)
        packer.finish(kind: kind, isHidden: isHidden, isDeleted: isTrue(profile.deleted))
        tally.note(kind, hasAlias: alias.map { !$0.range.isEmpty } ?? false, hasAddress: hasAddress, isHidden: isHidden)
    }

    private func add(_ value: EntryValues.Value?, to packer: inout RecipientPacker) {
        if let value { packer.add(values.bytes.span.extracting(value.range)) } else { packer.add("".utf8.span) }
    }

    private mutating func findDirectoryName() {
        directoryName.removeAll(keepingCapacity: true)
        switch profile.directoryName {
        case .leafOfDN:
            takeLeafOfDN()
            guard let slot = profile.directoryNameCheck, let value = values.first(slot),
                !values.bytes.span.extracting(value.range).equalsWithoutCase(directoryName.span)
            else { return }
            let (name, said) = (profile.slots.name(of: slot), values.text(value))
            tally.remark("\(dnText): '\(name)' says '\(said)', which is not the DN's first part; the DN is taken")
        case .leafOfLegacyDN:
            if let name = profile.legacyDN.flatMap({ values.first($0) }).flatMap({ LegacyDN.leaf(of: values.text($0)) }) {
                directoryName += name.utf8
            } else {
                takeLeafOfDN()
            }
        }
    }

    private mutating func takeLeafOfDN() {
        let leaf = dn[DistinguishedName.rangeOfLeafValue(in: dn.span)]
        if leaf.contains(where: { $0 == UInt8(ascii: "\\") || $0 == UInt8(ascii: "\"") }) {
            directoryName += DistinguishedName.leafValue(of: dnText).utf8
        } else {
            directoryName += leaf
        }
    }

    private func displayName() -> EntryValues.Value? {
        for slot in profile.displayName {
            // `cn` often has the naming value first and the name for people after it.
            if let name = values.first(
                slot, where: { !values.bytes.span.extracting($0.range).equalsWithoutCase(directoryName.span) })
            {
                return name
            }
            if profile.displayNameRepeatsDirectoryName, let name = values.first(slot) { return name }
        }
        return nil
    }

    /// Gives whether there is any.
    private func addAddresses(to packer: inout RecipientPacker) -> Bool {
        var hasAddress = false
        for source in profile.addresses {
            values.forEach(of: source.slot) { value in
                guard let separator = source.separator else {
                    packer.addAddress(type: source.type.utf8.span, value: value)
                    hasAddress = true
                    return
                }
                // A value that has no type before the separator is no address.
                guard let mark = value.indices.first(where: { value[$0] == separator }), mark > 0 else { return }
                packer.addAddress(type: value.extracting(..<mark), value: value.extracting((mark + 1)...))
                hasAddress = true
            }
        }
        return hasAddress
    }

    private mutating func addHomeServer(to packer: inout RecipientPacker) {
        guard let value = values.first(profile.homeServer), !value.range.isEmpty else { return packer.add("".utf8.span) }
        packer.add(servers.server(of: value, in: values).utf8.span)
    }

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
