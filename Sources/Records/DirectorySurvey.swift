/// What kinds of recipients a directory holds, where, and by which names and addresses they go: what a migration needs to know of it before
/// it begins. Tombstones are counted as deleted, and in nothing else.
public struct DirectorySurvey: Sendable, Equatable, Encodable {
    /// How often something was found.
    public struct Count: Sendable, Equatable, Codable {
        /// What was found.
        public var name: String
        /// How often.
        public var count: Int

        /// A count from its parts.
        public init(name: String, count: Int) {
            self.name = name
            self.count = count
        }
    }

    /// How the mailboxes' aliases and Directory Names compare, without case.
    public struct Aliases: Sendable, Equatable, Encodable {
        /// Mailboxes whose alias is their Directory Name.
        public var same = 0
        /// Mailboxes with another alias.
        public var other = 0
        /// Mailboxes without one.
        public var none = 0
    }

    /// One postoffice that addresses name.
    public struct PostofficeCount: Sendable, Equatable, Encodable {
        /// `NET/PO` in upper case.
        public var name: String
        /// How many `MS` addresses name it.
        public var ms = 0
        /// How many `MIGRATE` addresses.
        public var migrate = 0
        /// Whether nearly all of its mailbox names are what Exchange makes of the names of who carries them: then such an address says
        /// nothing about MS Mail, and is no evidence.
        public var isExchangesOwn = false
    }

    /// How many recipients there are, tombstones apart.
    public private(set) var recipients = 0
    /// How many are hidden from the address book.
    public private(set) var hidden = 0
    /// How many are tombstones.
    public private(set) var deleted = 0
    /// By kind, `RecipientKind`'s names. This and all other lists: the largest first, then by name.
    public private(set) var kinds: [Count] = []
    /// By container: the DN of the entry above.
    public private(set) var containers: [Count] = []
    /// Mailboxes by home server.
    public private(set) var homeServers: [Count] = []
    /// Mailboxes of which no home server is known.
    public private(set) var withoutHomeServer = 0
    /// Mailboxes by alias.
    public private(set) var aliases = Aliases()
    /// How many recipients carry an address of each type, however many of it.
    public private(set) var addressTypes: [Count] = []
    /// How many recipients carry no address.
    public private(set) var withoutAddress = 0
    /// The postoffices that `MS` and `MIGRATE` addresses name.
    public private(set) var postoffices: [PostofficeCount] = []
    /// `MS` and `MIGRATE` addresses that name no MS Mail mailbox.
    public private(set) var oddAddresses = 0

    /// Counts recipients in one pass.
    public init(_ recipients: [Recipient]) {
        var tally = SurveyTally()
        for recipient in recipients { tally.add(recipient) }
        self.recipients = recipients.count - tally.deleted
        hidden = tally.hidden
        deleted = tally.deleted
        kinds = Self.sorted(tally.kinds.map { Count(name: $0.kind.rawValue, count: $0.count) })
        containers = Self.merged(tally.containers) { DistinguishedName($0).normalized }
        homeServers = Self.merged(tally.homeServers) { $0.lowercased() }
        withoutHomeServer = tally.withoutHomeServer
        aliases = tally.aliases
        addressTypes = Self.sorted(tally.types.counts())
        withoutAddress = tally.withoutAddress
        postoffices = tally.postoffices()
        oddAddresses = tally.oddAddresses
    }

    /// Spellings of one name counted together, under the first of them by its letters: the order of the entries does not show.
    private static func merged(_ tally: TextTally, by key: (String) -> String) -> [Count] {
        var merged: [Count] = []
        var places: [String: Int] = [:]
        for count in tally.counts() {
            let key = key(count.name)
            if let place = places[key] {
                merged[place].count += count.count
                merged[place].name = min(merged[place].name, count.name)
            } else {
                places[key] = merged.count
                merged.append(count)
            }
        }
        return sorted(merged)
    }

    /// The largest first, then by name; without those of nothing.
    public static func sorted(_ counts: [Count]) -> [Count] {
        counts.filter { $0.count > 0 }.sorted { ($1.count, $0.name) < ($0.count, $1.name) }
    }
}

/// Texts and how often each came.
private struct TextTally {
    private var spellings = SpellingTable()
    private var numbers: [Int] = []
    /// The text that came last: it is likely to come again.
    private var last = 0

    /// Counts a text once more, and gives its number.
    @discardableResult mutating func add(_ text: Span<UInt8>) -> Int {
        let number = number(of: text)
        add(number)
        return number
    }

    /// The number of a text, which is not counted.
    mutating func number(of text: Span<UInt8>) -> Int {
        if last >= spellings.count || !spellings.isText(last, text) { last = spellings.number(of: text) }
        return last
    }

    /// Counts a text by its number.
    mutating func add(_ number: Int) {
        while numbers.count <= number { numbers.append(0) }
        numbers[number] += 1
    }

    /// In the order in which they came first.
    func counts() -> [DirectorySurvey.Count] {
        numbers.indices.map { DirectorySurvey.Count(name: spellings.text($0), count: numbers[$0]) }
    }
}

/// The counts at hand, on bytes.
private struct SurveyTally {
    var hidden = 0
    var deleted = 0
    /// A few, which are found faster than a key is hashed.
    private(set) var kinds: [(kind: RecipientKind, count: Int)] = []
    var containers = TextTally()
    var homeServers = TextTally()
    var withoutHomeServer = 0
    var aliases = DirectorySurvey.Aliases()
    var types = TextTally()
    /// The address types that name MS Mail mailboxes.
    private enum MailType {
        case ms, migrate, other

        init(_ type: Span<UInt8>) {
            switch type.count {
            case 2: self = type.isSame(as: "MS".utf8.span) ? .ms : .other
            case 7: self = type.isSame(as: "MIGRATE".utf8.span) ? .migrate : .other
            default: self = .other
            }
        }
    }

    /// By type, the recipient that was counted for it last.
    private var lastOfType: [Int] = []
    private var recipient = 0
    var withoutAddress = 0
    var oddAddresses = 0
    private var postofficeNames = SpellingTable()
    private var postofficeCounts: [PostofficeTally] = []

    fileprivate struct PostofficeTally {
        var ms = 0
        var migrate = 0
        var made = 0
    }

    mutating func add(_ one: Recipient) {
        recipient += 1
        if one.isDeleted {
            deleted += 1
            return
        }
        let kind = one.kind
        count(kind)
        if one.isHidden { hidden += 1 }
        let beginning = one.beginning
        one.withBytes(of: .dn, from: beginning) { dn in
            let parent = DistinguishedName.startOfParent(in: dn)
            containers.add(dn.extracting(parent..<dn.count))
        }
        if kind == .mailbox {
            one.withBytes(of: .homeServer, from: beginning) { name in
                if name.isEmpty { withoutHomeServer += 1 } else { homeServers.add(name) }
            }
            compareAlias(one, beginning)
        }
        if one.addressCount == 0 { withoutAddress += 1 }
        one.forEachAddress(from: beginning) { type, value in add(type, value, of: one) }
    }

    private mutating func count(_ kind: RecipientKind) {
        for index in kinds.indices where kinds[index].kind == kind {
            kinds[index].count += 1
            return
        }
        kinds.append((kind, 1))
    }

    private mutating func compareAlias(_ one: Recipient, _ beginning: Int) {
        one.withBytes(of: .alias, from: beginning) { alias in
            if alias.isEmpty {
                aliases.none += 1
            } else if one.withBytes(of: .directoryName, from: beginning, { $0.equalsWithoutCase(alias) }) {
                aliases.same += 1
            } else {
                aliases.other += 1
            }
        }
    }

    private mutating func add(_ type: Span<UInt8>, _ value: Span<UInt8>, of one: Recipient) {
        let number = types.number(of: type)
        while lastOfType.count <= number { lastOfType.append(0) }
        if lastOfType[number] != recipient {
            lastOfType[number] = recipient
            types.add(number)
        }
        switch MailType(type) {
        case .other: break
        case .ms: add(mailbox: value, isMigrate: false, of: one)
        case .migrate:
            guard value.count > 3, value.extracting(first: 3).equalsWithoutCase("MS:".utf8.span) else {
                oddAddresses += 1
                return
            }
            add(mailbox: value.extracting(3..<value.count), isMigrate: true, of: one)
        }
    }

    /// `NET/PO/USER`.
    private mutating func add(mailbox: Span<UInt8>, isMigrate: Bool, of one: Recipient) {
        guard let slashes = Self.slashes(mailbox) else {
            oddAddresses += 1
            return
        }
        let number = postofficeNames.number(of: mailbox.extracting(0..<slashes.second))
        if number == postofficeCounts.count { postofficeCounts.append(PostofficeTally()) }
        if isMigrate { postofficeCounts[number].migrate += 1 } else { postofficeCounts[number].ms += 1 }
        let name = mailbox.extracting(slashes.second + 1..<mailbox.count)
        let isMade =
            one.withBytes(of: .directoryName) { MadeMailboxName.isMade(name, of: $0) }
            || one.withBytes(of: .alias) { MadeMailboxName.isMade(name, of: $0) }
        if isMade { postofficeCounts[number].made += 1 }
    }

    /// Where the two slashes stand; `nil` unless there are just two, with something before, between and behind.
    private static func slashes(_ text: Span<UInt8>) -> (first: Int, second: Int)? {
        var (first, second) = (-1, -1)
        for index in text.indices where text[index] == UInt8(ascii: "/") {
            if first < 0 { first = index } else if second < 0 { second = index } else { return nil }
        }
        return first > 0 && second > first + 1 && second + 1 < text.count ? (first, second) : nil
    }

    /// Spelled in upper case, so that each comes once.
    func postoffices() -> [DirectorySurvey.PostofficeCount] {
        var merged: [String: PostofficeTally] = [:]
        for number in postofficeCounts.indices {
            let one = postofficeCounts[number]
            merged[postofficeNames.text(number).inCapitals, default: PostofficeTally()].add(one)
        }
        return merged.map { name, tally in
            let all = tally.ms + tally.migrate
            return DirectorySurvey.PostofficeCount(
                name: name, ms: tally.ms, migrate: tally.migrate,
                isExchangesOwn: Double(tally.made) >= MadeMailboxName.shareOfOwnPostoffice * Double(all))
        }.sorted { ($1.ms + $1.migrate, $0.name) < ($0.ms + $0.migrate, $1.name) }
    }
}

extension SurveyTally.PostofficeTally {
    fileprivate mutating func add(_ other: Self) {
        ms += other.ms
        migrate += other.migrate
        made += other.made
    }
}
