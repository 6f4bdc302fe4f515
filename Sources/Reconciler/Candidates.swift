import Records

/// The recipients that a row might mean, found through the indexes: never all pairs.
struct Candidates {
    /// A name that more recipients share than this is too common to look at each of them.
    static let commonest = 40

    /// The recipients, ascending.
    private(set) var recipients: [Int] = []
    /// How many recipients have a name that is too common; 0 when none is.
    private(set) var crowd = 0

    init(of row: Int, in scene: Scene) {
        let directory = scene.directory
        recipients = scene.map.recipients(of: row)
        let mailbox = scene.list.mailboxes[row]
        if let mailbox { add(directory.byAddress[mailbox.mailbox]) }
        if scene.settings.usesUniqueKey, !scene.rows[row].key.isEmpty { add(directory.byKey[Key(lowered(scene.rows[row].key))]) }
        if mailbox == nil { add(directory.byFormerName[Key(loweredOf: scene.rows[row].mailboxName.utf8[...])]) }
        if !scene.isAdministrator(row) { addByNames(scene.rowNames[row], directory) }
        if recipients.count > 1 { recipients = Set(recipients).sorted() }
    }

    private mutating func addByNames(_ names: RowNames, _ directory: DirectoryIndex) {
        names.mailboxName.forEach { add(directory.byShortName[$0]) }
        for reading in names.readings {
            if let key = reading.wholeNameKey { add(directory.byName[key]) }
            if reading.words.count == 1 { reading.nearKeys { add(directory.byNearName[$0]) } }
        }
    }

    private mutating func add(_ found: ArraySlice<Int32>) {
        if found.count > Self.commonest { crowd = max(crowd, found.count) } else { recipients += found.map(Int.init) }
    }
}
