import Records

/// The recipients that a row might mean, found through the indexes: never all pairs. One of these serves for row after row.
struct Candidates {
    /// A name that more recipients share than this is too common to look at each of them.
    static let commonest = 40

    /// The recipients, ascending.
    private(set) var recipients: [Int32] = []
    /// How many recipients have a name that is too common; 0 when none is.
    private(set) var crowd = 0

    /// Finds the candidates of a row, in place of those of the row before.
    mutating func find(_ row: RowView) {
        let scene = row.scene
        let directory = scene.directory
        recipients.removeAll(keepingCapacity: true)
        crowd = 0
        if !row.isAdministrator { addByNames(row, directory) }
        leaveOutExcluded(scene)
        for recipient in scene.map.recipients(of: row.index) { recipients.append(Int32(recipient)) }
        // Who is excluded and has the row's address is seen all the same: so does the importer.
        if let mailbox = row.mailbox { add(mailbox.mailbox, in: directory.byAddress) }
        if scene.settings.usesUniqueKey, !scene.rows[row.index].key.isEmpty {
            add(Key(lowered(scene.rows[row.index].key)), in: directory.byKey)
        }
        if row.number != 0 { add(row.number, in: directory.byKey) }
        if row.mailbox == nil { add(row.mailboxNameKey, in: directory.byFormerName) }
        removeRepeated()
    }

    /// Has fetched from memory what `find` will ask for.
    static func expect(_ row: RowView) {
        let directory = row.scene.directory
        if let mailbox = row.mailbox {
            directory.byAddress.expect(mailbox.mailbox)
        } else {
            directory.byFormerName.expect(row.mailboxNameKey)
        }
        if row.isAdministrator { return }
        row.names.mailboxName.forEach(directory.byShortName.expect)
        for place in row.names.readings.places {
            let reading = row.scene.rowReadings[place]
            reading.pairKeys(row.scene.givenNames) { key in
                directory.byPair.expect(key)
                directory.byName.expect(key)
            }
            if reading.wholeName != 0 { directory.byName.expect(reading.wholeName) }
        }
    }

    private mutating func addByNames(_ row: RowView, _ directory: DirectoryIndex) {
        row.names.mailboxName.forEach { add($0, in: directory.byShortName) }
        for place in row.names.readings.places {
            let reading = row.scene.rowReadings[place]
            if reading.wholeName != 0 { add(reading.wholeName, in: directory.byName) }
            if reading.loneName != 0 { add(reading.loneName, in: directory.byName) }
            reading.pairKeys(row.scene.givenNames) { key in
                add(key, in: directory.byPair)
                if key != reading.wholeName { add(key, in: directory.byName) }
            }
            // J. Smith may be every J in Smith's family; who has a whole given name may be in the directory as J. Smith.
            reading.nearKeys { add($0, in: reading.nameWordCount == 1 ? directory.byNearName : directory.byInitialName) }
        }
    }

    /// Finds those whose names are the row's but for a slip in one word, a blank, or a word that was cut, in place of other candidates.
    mutating func findSlips(_ row: RowView) {
        recipients.removeAll(keepingCapacity: true)
        let fullName = row.scene.rows[row.index].fullName
        for text in Folding.spellings(of: fullName) where text.count <= NameReading.longestWithSlips {
            addSlips(row, text)
            addBlanks(row, text)
            if fullName.unicodeScalars.count >= Self.cutLength { addCut(row, text) }
        }
        removeRepeated()
    }

    /// MS Mail cuts full names after so many characters (KB Q104869).
    private static let cutLength = 30

    private mutating func addSlips(_ row: RowView, _ text: [UInt8]) {
        let directory = row.scene.directory
        text.span.forEachPart { part in
            part.forEachWord { word in
                let own = NameReading.wordKey(word)
                for near in directory.vocabulary.near(word, directory.byRemainder) {
                    for place in row.names.readings.places {
                        addFew(row.scene.rowReadings[place].wholeName(with: near, insteadOf: own), in: directory.byName)
                    }
                }
            }
        }
    }

    private mutating func addBlanks(_ row: RowView, _ text: [UInt8]) {
        for name in NameReading.joinedNames(of: text) { addFew(name, in: row.scene.directory.byName) }
        for place in row.names.readings.places { addFew(row.scene.rowReadings[place].wholeName, in: row.scene.directory.byJoinedName) }
    }

    /// Adds those who have all words but the last, and one that begins with that.
    private mutating func addCut(_ row: RowView, _ text: [UInt8]) {
        var words: [[UInt8]] = []
        text.span.forEachPart { part in part.forEachWord { word in words.append(word.withUnsafeBufferPointer { Array($0) }) } }
        guard words.count > 1, let cut = words.popLast(), cut.count > 2 else { return }
        for candidate in row.scene.directory.byNearName[NameReading.nearKey(words[0], cut[0])].prefix(Self.commonest) {
            let recipient = row.scene.recipients[Int(candidate)]
            let isCut = Folding.spellings(of: recipient.displayName).contains { name in
                var theirs: [[UInt8]] = []
                name.span.forEachPart { part in
                    part.forEachWord { word in theirs.append(word.withUnsafeBufferPointer { Array($0) }) }
                }
                return words.allSatisfy(theirs.contains) && theirs.contains { $0.count > cut.count && $0.starts(with: cut) }
            }
            if isCut { recipients.append(candidate) }
        }
    }

    /// Finds those who share an uncommon word with the row, or, where the row has only the first letter of a given name, a word and that letter. Too many
    /// who have the row's only word, or such a letter and word, are a crowd.
    mutating func findSharedWords(_ row: RowView) {
        recipients.removeAll(keepingCapacity: true)
        crowd = 0
        let directory = row.scene.directory
        for place in row.names.readings.places {
            let reading = row.scene.rowReadings[place]
            for word in reading.words where !word.isLink {
                let count = directory.byWord.append(word.key, upTo: SharedWord.mostBearers, to: &recipients)
                if count > SharedWord.mostBearers, reading.loneName != 0 { crowd = max(crowd, count) }
                if reading.firstInitial != 0 { add(NameReading.nearKey(word, reading.firstInitial), in: directory.byNearName) }
            }
        }
        removeRepeated()
    }

    private mutating func addFew(_ key: Key, in table: Postings) {
        if key != 0 { _ = table.append(key, upTo: Self.commonest, to: &recipients) }
    }

    private mutating func add(_ key: Key, in table: Postings) {
        let count = table.append(key, upTo: Self.commonest, to: &recipients)
        if count > Self.commonest { crowd = max(crowd, count) }
    }

    /// Those who are excluded stand in no list but that of short names and that of addresses.
    private mutating func leaveOutExcluded(_ scene: Scene) {
        if !scene.hasExclusions { return }
        recipients.removeAll { scene.isExcluded(Int($0)) }
    }

    private mutating func removeRepeated() {
        guard recipients.count > 1 else { return }
        recipients.sort()
        var count = 1
        for place in 1..<recipients.count where recipients[place] != recipients[count - 1] {
            recipients[count] = recipients[place]
            count += 1
        }
        recipients.removeLast(recipients.count - count)
    }
}
