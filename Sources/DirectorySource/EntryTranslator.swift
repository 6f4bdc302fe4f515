internal import LDAPClient
internal import Records
internal import Texts

/// Turns entries into recipients by a profile, whatever the entries come from: an LDAP message or an LDIF file.
///
/// Called with borrowed bytes: the DN and the values; what becomes part of a recipient is copied, and no text is made of it.
///
/// What is asked for each entry is `mutating`, though it changes nothing: to borrow so large a value is to copy it, 600 bytes each time.
struct EntryTranslator: ~Copyable {
    private let profile: CompiledProfile
    private var attributes: DescriptionMemory
    /// The entry at hand.
    private var values: EntryValues
    private var dn = 0..<0
    private var classBits: UInt64 = 0
    private var classes = ClassMemory()
    private var unreadable: [Int] = []
    /// Where the Directory Name of the entry at hand stands among its values.
    private var directoryName = 0..<0
    private var servers = ServerMemory()
    /// The slots that no mailbox had.
    private var unseen: [Int]
    private var seen = ReadTally()
    /// What was seen over all entries.
    var tally: ReadTally {
        var tally = seen
        tally.unseen = tally.recipients[.mailbox] == nil ? nil : Set(unseen.map { profile.slots.name(of: $0) })
        return tally
    }

    /// What is to be known again of the entry that was finished last; `nil` unless the profile says by what.
    private(set) var note: EntryNote?
    private var remarksAtHand: [String] = []

    init(_ profile: DirectoryProfile) {
        self.profile = CompiledProfile(profile)
        attributes = DescriptionMemory(self.profile.slots)
        values = EntryValues(slots: self.profile.slots.count)
        unseen = Array(1..<self.profile.ownSlots)
    }

    // MARK: - Taking an entry

    /// Takes an entry as the server sent it; gives false when it is damaged. What was there of one that was not finished is forgotten.
    mutating func take(dn name: Span<UInt8>, attributes list: Span<UInt8>) -> Bool {
        drop()
        self.name(name)
        return add(list)
    }

    /// Names the entry at hand, whose values may have come before.
    mutating func name(_ name: Span<UInt8>) {
        let start = values.append(name)
        dn = start..<start + name.count
    }

    /// Takes attributes of the entry at hand; gives false when they are damaged.
    mutating func add(_ list: Span<UInt8>) -> Bool {
        let start = values.append(list)
        let isASCII = list.isASCII
        var position = 0
        while position < list.count {
            guard let (name, places) = AttributeList.attribute(of: list, at: &position) else { return false }
            guard let place = attributes.place(of: list.extracting(name)) else { continue }
            if place.hasRange { note(place, list.extracting(name)) }
            switch place.meaning {
            case .classes: if !addClasses(at: places, of: list) { return false }
            case .binaryID: if !AttributeList.forEachValue(at: places, in: list, { add(list.extracting($0), at: place) }) { return false }
            case .text, .variant:
                var inner = places.lowerBound
                while inner < places.upperBound {
                    guard let value = AttributeList.element(of: list, at: &inner, before: places.upperBound) else { return false }
                    let range = start + value.lowerBound..<start + value.upperBound
                    if !values.note(range, slot: place.slot, isVariant: place.meaning == .variant, isASCII: isASCII) {
                        unreadable.append(place.slot)
                    }
                }
            }
        }
        return true
    }

    /// Takes the object classes; most entries have those of the one before.
    private mutating func addClasses(at places: Range<Int>, of list: Span<UInt8>) -> Bool {
        let all = list.extracting(places)
        if let bits = classes.bits(of: all) {
            classBits |= bits
            return true
        }
        let before = classBits
        classBits = 0
        let isWhole = AttributeList.forEachValue(at: places, in: list) { addClass(list.extracting($0)) }
        if isWhole { classes.learn(all, classBits) }
        classBits |= before
        return isWhole
    }

    /// Takes one value of the entry at hand.
    mutating func add(attribute: Span<UInt8>, value: Span<UInt8>) {
        guard let place = attributes.place(of: attribute) else { return }
        if place.hasRange { note(place, attribute) }
        add(value, at: place)
    }

    private mutating func add(_ value: Span<UInt8>, at place: AttributePlace) {
        if place.meaning == .classes { return addClass(value) }
        if place.meaning == .binaryID {
            _ = values.append(BinaryID.text(value).utf8.span, to: place.slot, isVariant: false)
        } else if !values.append(value, to: place.slot, isVariant: place.meaning == .variant) {
            unreadable.append(place.slot)
        }
    }

    private mutating func addClass(_ value: Span<UInt8>) {
        for (index, name) in profile.classNames.enumerated() where value.equalsWithoutCase(name) { classBits |= 1 << UInt64(index) }
    }

    /// The DN of the entry at hand.
    var dnText: String { values.text(dn) }

    /// By what the entry at hand is noticed when it comes once more.
    var digest: EntryDigest {
        mutating get {
            let (dn, id) = (dn, values.first(profile.id))
            return values.bytes.withBytes { bytes in
                EntryDigest(
                    name: EntryDigest.ofName(bytes.extracting(dn)), id: id.map { EntryDigest.ofID(bytes.extracting($0.range)) } ?? 0)
            }
        }
    }

    // MARK: - Attributes that came in part

    /// The attributes of the entry at hand of which only some values came, by name: which part of them came last.
    private var ranges: [String: ValueRange] = [:]

    private mutating func note(_ place: AttributePlace, _ attribute: Span<UInt8>) {
        guard let range = place.range else { return }
        ranges[String(copyingUTF8: attribute.extracting(..<place.nameLength)).lowercased()] = range
    }

    /// The attributes of the entry at hand of which more values are still to come, with the number of the first of them.
    var openRanges: [OpenRange] {
        if ranges.isEmpty { return [] }
        return ranges.compactMap { name, range in range.last.map { OpenRange(attribute: name, next: $0 + 1) } }
            .sorted { $0.attribute < $1.attribute }
    }

    /// Whether more values of some attribute of the entry at hand are still to come.
    var hasOpenRange: Bool { mutating get { !ranges.isEmpty && ranges.values.contains { $0.last != nil } } }

    /// Which part of an attribute's values came last; `nil` when they came without a range.
    func range(of attribute: String) -> ValueRange? { ranges[attribute.lowercased()] }

    /// All values of the attribute have come.
    mutating func closeRange(of attribute: String) { ranges[attribute.lowercased()] = nil }

    // MARK: - Ending an entry

    /// Ends the entry at hand and adds it to `packer`; gives false when it is not a recipient.
    mutating func finish(into packer: inout RecipientPacker) -> Bool {
        seen.entries += 1
        values.admitVariants()
        guard let kind = kind() else {
            takeNote(isRecipient: false)
            drop()
            return false
        }
        if kind == .mailbox, !unseen.isEmpty, unseen.contains(where: { values.first($0) != nil }) {
            unseen.removeAll { values.first($0) != nil }
        }
        pack(kind, into: &packer)
        for slot in unreadable { remark("\(dnText): a value of '\(profile.slots.name(of: slot))' is not UTF-8 and was left out") }
        if hasOpenRange { seen.partialEntries += 1 }
        takeNote(isRecipient: true)
        drop()
        return true
    }

    private mutating func remark(_ text: String) {
        seen.remark(text)
        if profile.tracking != nil { remarksAtHand.append(text) }
    }

    private mutating func takeNote(isRecipient: Bool) {
        guard let tracking = profile.tracking else { return }
        var slots: UInt64 = 0
        for slot in 1..<profile.ownSlots where values.first(slot) != nil { slots |= 1 << UInt64(slot) }
        let id =
            tracking.identity.map { slot in
                values.first(slot).flatMap { value in values.bytes.withBytes { EntryUUID(text: $0.extracting(value.range)) } }
            } ?? EntryUUID(ofName: dnText)
        let stamp = tracking.stamp.flatMap { values.first($0) }.map { value in
            values.bytes.withBytes { tracking.stamp(of: $0.extracting(value.range)) }
        }
        note = EntryNote(
            id: id, otherName: isRecipient ? nil : dnText, slots: slots, stamp: stamp ?? 0, remarks: remarksAtHand)
        if !remarksAtHand.isEmpty { remarksAtHand.removeAll() }
    }

    /// The same, for a single recipient; `nil` when the entry is none.
    mutating func recipient() -> Recipient? {
        var packer = RecipientPacker()
        return finish(into: &packer) ? packer.take().first : nil
    }

    /// What the entry at hand is, by the first rule that fits.
    private mutating func kind() -> RecipientKind? {
        for index in profile.rules.indices where fits(index) { return profile.rules[index].kind }
        return nil
    }

    private mutating func fits(_ rule: Int) -> Bool {
        let mask = profile.rules[rule].classMask
        guard mask == 0 || classBits & mask != 0 else { return false }
        if let slot = profile.rules[rule].presence, values.first(slot) == nil { return false }
        if profile.rules[rule].conditions.isEmpty { return true }
        return profile.rules[rule].conditions.allSatisfy { condition in
            values.first(condition.slot) { values.equalsWithoutCase($0, condition.value) } != nil
        }
    }

    /// Adds the texts, then the addresses.
    private mutating func pack(_ kind: RecipientKind, into packer: inout RecipientPacker) {
        findDirectoryName()
        let homeServer = homeServer()
        // As many as `Recipient.Field` has: a number too small would trap at the first entry.
        var texts = InlineArray<11, Range<Int>>(repeating: 0..<0)
        func put(_ field: Recipient.Field, _ range: Range<Int>?) { if let range { texts[field.rawValue] = range } }
        put(.dn, dn)
        put(.directoryName, directoryName)
        let alias = values.first(profile.alias)
        put(.alias, alias?.range)
        put(.displayName, displayName()?.range)
        put(.givenName, values.first(profile.givenName)?.range)
        put(.surname, values.first(profile.surname)?.range)
        put(.initials, values.first(profile.initials)?.range)
        put(.department, values.first(profile.department)?.range)
        put(.homeServer, homeServer)
        put(.key, values.first(profile.key)?.range)
        put(.id, values.first(profile.id)?.range)
        packer.add(texts.span, of: values.bytes)
        let hasAddress = addAddresses(to: &packer)
        let (isHidden, isDeleted) = (values.isTrue(profile.hidden), values.isTrue(profile.deleted))
        packer.finish(kind: kind, isHidden: isHidden, isDeleted: isDeleted)
        seen.note(
            kind, hasAlias: alias.map { !$0.range.isEmpty } ?? false, hasAddress: hasAddress, isHidden: isHidden, isDeleted: isDeleted)
    }

    private mutating func findDirectoryName() {
        switch profile.directoryName {
        case .leafOfDN:
            takeLeafOfDN()
            guard let slot = profile.directoryNameCheck, let value = values.first(slot),
                !values.equalsWithoutCase(value.range, directoryName)
            else { return }
            let (name, said) = (profile.slots.name(of: slot), values.text(value.range))
            remark("\(dnText): '\(name)' says '\(said)', which is not the DN's first part; the DN is taken")
        case .leafOfLegacyDN:
            if let name = profile.legacyDN.flatMap({ values.first($0) }).flatMap({ LegacyDN.leaf(of: values.text($0.range)) }) {
                takeDirectoryName(name)
            } else {
                takeLeafOfDN()
            }
        }
    }

    private mutating func takeLeafOfDN() {
        if let leaf = values.bytes.withBytes({ DistinguishedName.rangeOfPlainLeafValue(in: $0.extracting(dn)) }) {
            directoryName = dn.lowerBound + leaf.lowerBound..<dn.lowerBound + leaf.upperBound
        } else {
            takeDirectoryName(DistinguishedName.leafValue(of: dnText))
        }
    }

    private mutating func takeDirectoryName(_ name: String) {
        let start = values.append(name.utf8.span)
        directoryName = start..<start + name.utf8.count
    }

    private mutating func displayName() -> EntryValues.Value? {
        for slot in profile.displayName {
            // `cn` often has the naming value first and the name for people after it.
            if let name = values.first(slot, where: { !values.equalsWithoutCase($0.range, directoryName) }) { return name }
            if profile.displayNameRepeatsDirectoryName, let name = values.first(slot) { return name }
        }
        return nil
    }

    /// Gives whether there is any.
    private mutating func addAddresses(to packer: inout RecipientPacker) -> Bool {
        var hasAddress = false
        for source in profile.addresses {
            values.forEach(of: source.slot) { value in
                guard let separator = source.separator else {
                    packer.addAddress(capitalType: source.type.span, value: value)
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

    private mutating func homeServer() -> Range<Int>? {
        guard let value = values.first(profile.homeServer), !value.range.isEmpty else { return nil }
        let server = values.bytes.withBytes { servers.server(of: $0.extracting(value.range)) }
        let start = values.append(server.span)
        return start..<start + server.count
    }

    /// Forgets the entry at hand.
    mutating func drop() {
        values.removeAll()
        dn = 0..<0
        classBits = 0
        if !unreadable.isEmpty { unreadable.removeAll() }
        if !ranges.isEmpty { ranges.removeAll() }
    }
}

/// The classes that the last entry had, as its message has them: most entries have the same.
private struct ClassMemory {
    private var values: [UInt8] = []
    private var bits: UInt64 = 0

    /// The bits of classes that were the last to be learnt; `nil` for others.
    func bits(of values: Span<UInt8>) -> UInt64? { !self.values.isEmpty && self.values.span.isSame(as: values) ? bits : nil }

    mutating func learn(_ values: Span<UInt8>, _ bits: UInt64) {
        self.values.removeAll(keepingCapacity: true)
        values.withUnsafeBufferPointer { self.values.append(contentsOf: $0) }
        self.bits = bits
    }
}

/// An attribute of which more values are to come.
struct OpenRange {
    /// Its name, in lower case.
    let attribute: String
    /// The number of the next value, from 0.
    let next: Int
}
