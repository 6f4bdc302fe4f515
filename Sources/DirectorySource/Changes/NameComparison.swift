internal import LDAPClient
internal import Records

/// Compares the names of all entries as they come, and what says that they were changed, with those that are known.
struct NameComparison {
    private let identity: [UInt8]?
    private let stamp: [UInt8]?
    private let tracking: Tracking.Compiled
    private let places: [EntryUUID: Int]
    private let table: EntryTable
    private var isSeen: [Bool]
    private var others: Set<EntryUUID> = []
    /// Entries that are new, have another name, or were changed.
    private(set) var differing: Set<EntryUUID> = []
    /// The names of these.
    private(set) var names: [EntryUUID: String] = [:]
    /// Whether some entry did not show its id.
    private(set) var lacksIDs = false
    /// The greatest stamp of all.
    private(set) var newestStamp = ""

    /// `stamps`: the attribute to compare beside the name; `nil` for none.
    init(_ profile: DirectoryProfile, _ places: [EntryUUID: Int], _ table: EntryTable, stamps: String?) {
        identity = profile.tracking?.identity.map { Array($0.lowercased().utf8) }
        stamp = stamps.map { Array($0.lowercased().utf8) }
        tracking = Tracking.Compiled(profile.tracking ?? Tracking(), AttributeSlots(profile.attributes))
        self.places = places
        self.table = table
        isSeen = Array(repeating: false, count: table.count)
    }

    /// The entries that were known and did not come.
    var missing: [EntryUUID] { isSeen.indices.filter { !isSeen[$0] }.map { table.ids[$0] } }

    /// Whether no entry with that id came.
    func isMissing(_ id: EntryUUID) -> Bool { !others.contains(id) && places[id].map { !isSeen[$0] } ?? true }

    /// Takes an entry that came.
    mutating func take(_ entry: borrowing LDAPEntry) throws(LDAPError) {
        var id: EntryUUID?
        var number: UInt64 = 0
        var newest = newestStamp
        let name = try entry.forEachValue { [identity, stamp, tracking] attribute, value in
            if let identity, attribute.equalsWithoutCase(identity) {
                id =
                    String(decoding: identity, as: UTF8.self) == "objectguid"
                    ? EntryUUID(text: BinaryID.text(value).utf8.span) : EntryUUID(text: value)
            } else if let stamp, attribute.equalsWithoutCase(stamp) {
                number = tracking.stamp(of: value)
                if let text = value.text, text > newest { newest = text }
            }
        }
        newestStamp = newest
        if identity == nil { id = EntryUUID(ofName: name) }
        guard let id else {
            lacksIDs = true
            return
        }
        note(id, name, number)
    }

    private mutating func note(_ id: EntryUUID, _ name: String, _ number: UInt64) {
        if let place = places[id] {
            isSeen[place] = true
            let isSameName = table.records[place].withBytes(of: .dn) { $0.isSame(as: name.utf8.span) }
            // A stamp of 0 settles nothing, neither now nor then.
            if isSameName, stamp == nil || (number != 0 && number == table.stamps[place]) { return }
        } else {
            others.insert(id)
        }
        differing.insert(id)
        names[id] = name
    }
}

/// What an entry of DirSync says beside its attributes.
struct DirectorySyncFacts {
    var id: EntryUUID?
    /// Whether it was made since: only then does its class come.
    var isNew = false
    var isDeleted = false
    /// Whether it was made, renamed or moved since.
    var hasName = false

    /// Takes a value.
    mutating func add(_ attribute: Span<UInt8>, _ value: Span<UInt8>) {
        guard let name = attribute.text?.lowercased() else { return }
        switch name {
        case "objectguid": id = EntryUUID(text: BinaryID.text(value).utf8.span)
        case "objectclass": isNew = true
        case "name": hasName = true
        case "isdeleted": isDeleted = value.text?.lowercased() == "true"
        default: break
        }
    }
}
