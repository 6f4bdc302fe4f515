internal import EventLog
internal import MigrationFile
internal import Records

/// Which rows an event's text may mean. Names compare without case.
struct RowNames {
    private var byMailboxName: [String: [Int]] = [:]
    private var byOtherName: [String: [Int]] = [:]
    /// Mailbox names as the files spell them.
    private var spelled: Set<String> = []
    /// Full names of several words as the files spell them, one blank between words, and the words with which these begin.
    private var byFullName: [String: [Int]] = [:]
    private var firstWords: Set<String> = []
    /// Longer names are not looked for in a sentence.
    private static let mostWords = 5
    /// The postoffice of each row, where it is known, and all of these.
    private var postoffices: [Postoffice?] = []
    private var known: Set<Postoffice> = []

    /// The names of no row yet.
    init() {}

    /// The names of all rows of a run.
    init(_ inputs: [MigrationInput], _ settings: Settings) {
        for input in inputs {
            let told = input.postoffice(settings)
            for row in input.file.rows { add(row, told: told) }
        }
    }

    /// Adds the next row; `told`: the postoffice of rows that have no address of their own.
    mutating func add(_ row: MigrationRow, told: Postoffice?) {
        let place = postoffices.count
        let postoffice = row.ownMailbox?.postoffice ?? told
        postoffices.append(postoffice)
        if let postoffice { known.insert(postoffice) }
        byMailboxName[row.mailboxName.lowercased(), default: []].append(place)
        spelled.insert(row.mailboxName)
        byOtherName[row.fullName.lowercased(), default: []].append(place)
        let words = row.fullName.split { $0.isWhitespace || ",;:".contains($0) }
        if words.count > 1, words.count <= Self.mostWords {
            byFullName[words.joined(separator: " "), default: []].append(place)
            firstWords.insert(String(words[0]))
        }
        if !row.commonName.equalsWithoutCase(row.mailboxName) { byOtherName[row.commonName.lowercased(), default: []].append(place) }
    }

    /// The rows of the first name that any has, by their places; several, where several have it.
    func rows(of subject: EventSubject) -> [Int] {
        for name in subject.names {
            let rows = rows(byMailboxName[name.text.lowercased()], name)
            if !rows.isEmpty { return rows }
        }
        for name in subject.names where !name.text.isEmpty {
            let rows = rows(byOtherName[name.text.lowercased()], name)
            if !rows.isEmpty { return rows }
        }
        let sentence = rows(withFullNameIn: subject.words)
        if !sentence.isEmpty { return sentence }
        // A word of the text counts only as the file spells the name: Store is no mailbox called STORE.
        let words = subject.words.filter { $0.text.count > 1 && spelled.contains($0.text) }
        return Set(words.map(\.text)).count == 1 ? words.first.map { rows(byMailboxName[$0.text.lowercased()], $0) } ?? [] : []
    }

    /// The rows of the only full name that stands in a sentence as the file spells it: "Migration of Wanda Written aborted".
    private func rows(withFullNameIn words: [EventSubject.Name]) -> [Int] {
        var found: [String: EventSubject.Name] = [:]
        for start in words.indices where firstWords.contains(words[start].text) {
            for count in 2...Self.mostWords where start + count <= words.count {
                let name = words[start..<start + count].map(\.text).joined(separator: " ")
                if byFullName[name] != nil { found[name] = words[start] }
            }
        }
        // The longest: Ann Marie Stone is not Ann Marie.
        let longest = found.filter { name in !found.keys.contains { $0 != name.key && $0.hasPrefix(name.key + " ") } }
        guard longest.count == 1, let name = longest.first else { return [] }
        return rows(byFullName[name.key], name.value)
    }

    /// The rows that have the name, and are of a postoffice that is meant; where none is, those whose postoffice is not known.
    private func rows(_ rows: [Int]?, _ name: EventSubject.Name) -> [Int] {
        let rows = rows ?? []
        let named = name.isAddress ? name.postoffices : name.postoffices.filter(known.contains)
        guard !named.isEmpty else { return rows }
        let meant = rows.filter { postoffices[$0].map(named.contains) ?? false }
        return meant.isEmpty ? rows.filter { postoffices[$0] == nil } : meant
    }
}
