import Records

/// The other mailboxes that a mailbox's name might mean. One of these serves for mailbox after mailbox.
struct OtherBearers {
    /// How closely another name is looked at. Each takes in those before it.
    enum Closeness: Int, CaseIterable {
        /// The same full name.
        case same
        /// One that is alike: a usual form of the given name, or a word more.
        case alike
        /// The same surname and first letter of the given name.
        case initial
    }

    private let scene: Scene
    private var members: [Int32] = []
    private var found: [[Int32]] = Closeness.allCases.map { _ in [] }
    /// How usual the name is.
    private(set) var rarity = Rarity.rare

    init(_ scene: Scene) { self.scene = scene }

    /// Those of the mailbox that was looked for.
    subscript(closeness: Closeness) -> [Int32] { found[closeness.rawValue] }

    /// Looks for the others of a mailbox. Names that very many have are passed over: those decide nothing.
    mutating func find(_ mailbox: Int) {
        for closeness in Closeness.allCases { found[closeness.rawValue].removeAll(keepingCapacity: true) }
        rarity = .usual
        guard let place = scene.recipientNames[mailbox].readings.places.first else { return }
        let reading = scene.recipientReadings[place]
        findAlike(mailbox, reading)
        let isCrowded = findInitial(mailbox, reading)
        rarity =
            isOnlyBearer(mailbox, reading)
            ? .onlyBearer : isCrowded || self[.initial].count > self[.same].count ? .usual : .rare
    }

    private mutating func findAlike(_ mailbox: Int, _ reading: NameReading) {
        members.removeAll(keepingCapacity: true)
        if reading.wholeName != 0 { _ = add(reading.wholeName, in: scene.directory.byName) }
        reading.pairKeys(scene.givenNames) { key in
            _ = add(key, in: scene.directory.byPair)
            if key != reading.wholeName { _ = add(key, in: scene.directory.byName) }
        }
        for other in others(than: mailbox) {
            let readings = scene.recipientNames[Int(other)].readings.places
            let isSame = readings.contains { reading.isSameName(as: scene.recipientReadings[$0]) }
            if isSame { found[Closeness.same.rawValue].append(other) }
            if isSame || readings.contains(where: { reading.likeness(to: scene.recipientReadings[$0], by: scene.givenNames) != nil }) {
                found[Closeness.alike.rawValue].append(other)
            }
        }
    }

    /// Looks for those of the same surname and first letter; true when they are too many.
    private mutating func findInitial(_ mailbox: Int, _ reading: NameReading) -> Bool {
        members.removeAll(keepingCapacity: true)
        members += self[.alike]
        var isCrowded = false
        for word in reading.surname where !word.isLink {
            for name in reading.givenName where !name.isLink {
                if !add(NameReading.nearKey(word, name.initial), in: scene.directory.byNearName) { isCrowded = true }
            }
        }
        found[Closeness.initial.rawValue] += others(than: mailbox)
        return isCrowded
    }

    /// Whether a word of the name is nobody's but those of the same or a like name.
    private func isOnlyBearer(_ mailbox: Int, _ reading: NameReading) -> Bool {
        reading.words.contains { word in
            guard !word.isLink else { return false }
            let bearers = scene.directory.byWord[word.key]
            return bearers.count <= self[.alike].count + 1 && bearers.allSatisfy { Int($0) == mailbox || self[.alike].contains($0) }
        }
    }

    private mutating func add(_ key: Key, in table: Postings) -> Bool {
        let found = table[key]
        if found.count > Candidates.commonest { return false }
        members += found
        return true
    }

    /// Each mailbox among `members` once, ascending, but not the one itself. Leaves those in `members`.
    private mutating func others(than mailbox: Int) -> [Int32] {
        members.sort()
        var count = 0
        for member in members
        where (count == 0 || members[count - 1] != member) && Int(member) != mailbox && scene.isMailbox[Int(member)] {
            members[count] = member
            count += 1
        }
        members.removeLast(members.count - count)
        return members
    }
}

/// How usual a name is in the directory: what somebody else of the same name is likelier with.
enum Rarity: Int, CaseIterable {
    /// A word of it is in nobody else's name.
    case onlyBearer
    /// Nobody else has the surname with that first letter.
    case rare
    /// Others have.
    case usual
}
