internal import Records

/// A profile with its attributes' names as slots and its classes' names as bits, so that no name is looked up for each entry. It is large, and nobody copies it.
struct CompiledProfile: ~Copyable {
    /// A line of the profile's `kinds`.
    struct Rule {
        let kind: RecipientKind?
        /// The bits of the classes that fit; 0 for any.
        let classMask: UInt64
        let presence: Int?
        let conditions: [(slot: Int, value: String)]
    }

    let slots: AttributeSlots
    let rules: [Rule]
    /// The names of the classes in the rules, in lower case; their places are their bits.
    let classNames: [[UInt8]]
    let directoryName: DirectoryProfile.DirectoryNameRule
    let directoryNameCheck, legacyDN: Int?
    let alias, displayName, givenName, surname, initials, department, homeServer, hidden, deleted, id, key: [Int]
    let displayNameRepeatsDirectoryName: Bool
    let addresses: [AddressSource]
    /// How many of the slots are the profile's own.
    let ownSlots: Int
    let tracking: Tracking.Compiled?

    /// An attribute that holds addresses.
    struct AddressSource {
        let slot: Int
        /// What stands between type and address in each value; `nil` when the values carry no type.
        let separator: UInt8?
        /// The type of values that carry none, as UTF-8 in upper case.
        let type: [UInt8]
    }

    init(_ profile: DirectoryProfile) {
        let slots = AttributeSlots(profile.attributes)
        func places(_ names: [String]) -> [Int] { names.compactMap(slots.index) }
        self.slots = slots
        directoryName = profile.directoryName
        directoryNameCheck = profile.directoryNameCheck.flatMap(slots.index)
        legacyDN = profile.legacyDN.flatMap(slots.index)
        alias = places(profile.alias)
        displayName = places(profile.displayName)
        givenName = places(profile.givenName)
        surname = places(profile.surname)
        initials = places(profile.initials)
        department = places(profile.department)
        homeServer = places(profile.homeServer)
        hidden = places(profile.hidden)
        deleted = places(profile.deleted)
        id = places(profile.id)
        key = places(profile.key)
        displayNameRepeatsDirectoryName = profile.displayNameRepeatsDirectoryName
        addresses = profile.addresses.compactMap { Self.addressSource($0, slots) }
        ownSlots = profile.ownAttributes.count
        tracking = profile.tracking.map { Tracking.Compiled($0, slots) }
        var classes: [String] = []
        rules = profile.kinds.map { Self.rule($0, slots, &classes) }
        classNames = classes.map { Array($0.utf8) }
    }

    /// `nil` for a separator that is not ASCII, at which no address can be taken apart.
    private static func addressSource(_ source: DirectoryProfile.AddressSource, _ slots: AttributeSlots) -> AddressSource? {
        guard let slot = slots.index(of: source.attribute) else { return nil }
        let type = Array(source.type.uppercased().utf8)
        guard let separator = source.separator else { return AddressSource(slot: slot, separator: nil, type: type) }
        return separator.asciiValue.map { AddressSource(slot: slot, separator: $0, type: type) }
    }

    private static func rule(_ rule: DirectoryProfile.KindRule, _ slots: AttributeSlots, _ classes: inout [String]) -> Rule {
        var mask: UInt64 = 0
        for name in rule.objectClasses.map({ $0.lowercased() }) {
            let index = classes.firstIndex(of: name) ?? classes.count
            if index == classes.count { classes.append(name) }
            mask |= 1 << UInt64(index)
        }
        return Rule(
            kind: rule.kind, classMask: mask, presence: rule.has.isEmpty ? nil : slots.index(of: rule.has),
            conditions: rule.values.compactMap { name, value in slots.index(of: name).map { ($0, value) } })
    }
}
