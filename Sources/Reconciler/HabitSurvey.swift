import Parallel
public import Records

extension Reconciler {
    /// What decisions would go by: how names are made in each container and postoffice, and where the people of each postoffice live and work. Costs as much
    /// as half of deciding.
    public func habits(rows: [MigrationRow], snapshot: DirectorySnapshot) -> FoundHabits { survey(rows: rows, snapshot: snapshot).habits }

    /// The same, with the homes that were told and that the rows contradict.
    public func survey(
        rows: [MigrationRow], snapshot: DirectorySnapshot
    ) -> (habits: FoundHabits, contradictedHomes: [ContradictedHome]) {
        let prepared = prepare(rows)
        let scene = Scene(
            rows: prepared, recipients: snapshot.recipients, folded: FoldedRecipients(snapshot.recipients, FoldingRules(settings)),
            settings: settings)
        return (scene.foundHabits, scene.contradictedHomes)
    }
}

extension Deliberation {
    /// What the decisions went by: how names are made, and where people live and work.
    public var habits: FoundHabits { wording.scene.foundHabits }
}

extension Scene {
    /// What was learned of both sides.
    fileprivate var foundHabits: FoundHabits { FoundHabits(containers: containerHabits, postoffices: postofficeHabits) }

    private var containerHabits: [FoundHabits.Container] {
        let pieces = Parallel.map(recipients.count, inPiecesOf: 16_384) { range in
            var counts: [Int: (names: FormCounts, aliases: FormCounts)] = [:]
            for recipient in range where isMailbox[recipient] && !recipients[recipient].isDeleted {
                let names = recipientNames[recipient]
                let container = tree.container(of: recipient)
                if let forms = names.directoryNameForms {
                    counts[container, default: (FormCounts(), FormCounts())].names.add(MailboxNameForms(forms))
                }
                if let forms = names.aliasForms {
                    counts[container, default: (FormCounts(), FormCounts())].aliases.add(MailboxNameForms(forms))
                }
            }
            return counts
        }
        var counts: [Int: (names: FormCounts, aliases: FormCounts)] = [:]
        for (container, found) in pieces.joined() {
            counts[container, default: (FormCounts(), FormCounts())].names.add(found.names)
            counts[container, default: (FormCounts(), FormCounts())].aliases.add(found.aliases)
        }
        return counts.map { FoundHabits.Container(dn: tree.names[$0.key], forms: $0.value.names.usual, aliases: $0.value.aliases.usual) }
            .filter { !$0.forms.isEmpty || !$0.aliases.isEmpty }.sorted { $0.dn < $1.dn }
    }

    private var postofficeHabits: [FoundHabits.Postoffice] {
        let pieces = Parallel.map(rows.count, inPiecesOf: 4096) { range in
            var found: [Int: MailboxNameCounts] = [:]
            var desk = FoldingDesk()
            for row in range {
                let group = Int(groups[row])
                found[group, default: MailboxNameCounts(first: row)].rows += 1
                let forms = forms(ofRow: row, &desk)
                found[group]?.add(surnameLast: forms.surnameLast, surnameFirst: forms.surnameFirst)
                if let order = nameOrder(ofRow: row) { found[group]?.vote(for: order) }
            }
            return found
        }
        var all: [Int: MailboxNameCounts] = [:]
        for (group, found) in pieces.joined() { all[group, default: MailboxNameCounts(first: found.first)].add(found) }
        return all.map { group, found in
            FoundHabits.Postoffice(
                name: name(ofPostofficeOf: found.first), rows: found.rows, forms: found.forms.usual, kept: shortNames.kept(group),
                home: home(group), department: department(group))
        }.sorted { ($0.name, $0.rows) < ($1.name, $1.rows) }
    }

    /// The postoffice of a row, where it is known.
    private func name(ofPostofficeOf row: Int) -> String {
        if list.mailboxes[row] != nil, let mailbox = rows[row].addresses.lazy.compactMap(\.msMailMailbox).first {
            return mailbox.postoffice.description
        }
        return settings.postoffice(ofFile: rows[row].file)?.description ?? ""
    }

    private func home(_ group: Int) -> FoundHabits.Place? {
        guard let home = groupHomes[group], let place = homes.places(of: home).last else { return nil }
        return FoundHabits.Place(name: tree.names[place.container], count: place.count, of: home.known, isTold: home.isTold ? true : nil)
    }

    private func department(_ group: Int) -> FoundHabits.Place? {
        guard let department = groupDepartments[group], let one = departmentKeys.firstIndex(of: department.key) else { return nil }
        return FoundHabits.Place(name: recipients[one].department, count: department.count, of: department.known)
    }

    /// Which word of the row's full name is the surname by the only entry that has this name; `nil` where that does not tell.
    private func nameOrder(ofRow row: Int) -> NameOrder? {
        for place in rowNames[row].readings.places {
            let reading = rowReadings[place]
            let named = directory.byName[reading.wholeName]
            guard reading.wholeName != 0, named.count == 1, let entry = named.first, let first = reading.words.first,
                let last = reading.words.last
            else { continue }
            for theirs in recipientNames[Int(entry)].readings.places where recipientReadings[theirs].wholeName == reading.wholeName {
                let surname = recipientReadings[theirs].surname
                if surname.contains(first) != surname.contains(last) { return surname.contains(first) ? .surnameFirst : .surnameLast }
            }
        }
        return nil
    }

    /// How the row's mailbox name is made of its full name, with the last word and with the first as the surname: the same where a comma tells that.
    private func forms(ofRow row: Int, _ desk: inout FoldingDesk) -> (surnameLast: MailboxNameForms?, surnameFirst: MailboxNameForms?) {
        let name = rows[row].mailboxName
        if Numbers.number(name.utf8.span) != 0 { return (.number, .number) }
        var parts: [[[UInt8]]] = []
        Folding(rows[row].fullName).bytes.span.forEachPart { part in
            var words: [[UInt8]] = []
            part.forEachWord { word in words.append(word.withUnsafeBufferPointer { Array($0) }) }
            parts.append(words)
        }
        guard let first = parts.first, let last = first.last else { return (nil, nil) }
        if parts.count > 1 {
            let told = parts[1].first.flatMap { Self.forms(of: name, given: $0, surname: first.flatMap(\.self), &desk) }
            return (told, told)
        }
        guard first.count > 1 else { return (nil, nil) }
        return (
            Self.forms(of: name, given: first[0], surname: last, &desk), Self.forms(of: name, given: first[1], surname: first[0], &desk)
        )
    }

    private static func forms(
        of mailboxName: String, given: [UInt8], surname: [UInt8], _ desk: inout FoldingDesk
    ) -> MailboxNameForms? {
        let names = ShortNameForms.Parts(
            given: String(decoding: given, as: UTF8.self), surname: String(decoding: surname, as: UTF8.self), &desk)
        guard let names else { return nil }
        desk.text.foldJoined(mailboxName)
        let name = desk.text.bytes.span
        var forms = MailboxNameForms(ShortNameForms(of: name, names, desk))
        if MailboxNameForms.areInitials(name, given[0], surname[0]) { forms.insert(.initials) }
        return forms
    }
}

/// Ways to make a mailbox name: those to make a short name of a given name and a surname, and two more that postoffices had.
private struct MailboxNameForms: OptionSet {
    let rawValue: UInt16
    /// `jqs`, `js2`
    static let initials = MailboxNameForms(rawValue: 128)
    /// `E104711`
    static let number = MailboxNameForms(rawValue: 256)

    init(rawValue: UInt16) { self.rawValue = rawValue }

    init(_ forms: ShortNameForms) { rawValue = UInt16(forms.rawValue) }

    /// Whether a name is two or three letters of which the outer ones begin the given name and the surname, with a number or without.
    static func areInitials(_ name: Span<UInt8>, _ given: UInt8, _ surname: UInt8) -> Bool {
        var end = name.count
        while end > 0, name[end - 1] <= UInt8(ascii: "9") { end -= 1 }
        return (2...3).contains(end) && name[0] == given && name[end - 1] == surname
    }
}

/// Which word of a name without a comma is the surname.
private enum NameOrder {
    case surnameLast
    case surnameFirst
}

/// How the mailbox names of a postoffice's rows are made.
private struct MailboxNameCounts {
    /// One of the rows.
    let first: Int
    var rows = 0
    private var surnameLast = FormCounts()
    private var surnameFirst = FormCounts()
    /// Rows whose entry says that the surname comes first, less those whose entry says that it comes last.
    private var votes = 0

    init(first: Int) { self.first = first }

    /// Counts a name in either order.
    mutating func add(surnameLast: MailboxNameForms?, surnameFirst: MailboxNameForms?) {
        if let surnameLast { self.surnameLast.add(surnameLast) }
        if let surnameFirst { self.surnameFirst.add(surnameFirst) }
    }

    mutating func vote(for order: NameOrder) { votes += order == .surnameFirst ? 1 : -1 }

    mutating func add(_ other: MailboxNameCounts) {
        rows += other.rows
        votes += other.votes
        surnameLast.add(other.surnameLast)
        surnameFirst.add(other.surnameFirst)
    }

    /// By the order of words that the entries tell; where they do not, that in which more of the mailbox names are made of the full names.
    var forms: FormCounts {
        let isFirst = votes == 0 ? surnameFirst.made > surnameLast.made : votes > 0
        return isFirst ? surnameFirst : surnameLast
    }
}

/// How often each form was seen.
private struct FormCounts {
    /// How many names may be made by each set of forms: RodgersH is surname and first letter, or surname and a given name that was cut.
    private var counts: [UInt16: Int] = [:]
    private var all = 0

    /// How many names are made by any form.
    var made: Int { all - counts[0, default: 0] }

    mutating func add(_ forms: MailboxNameForms) {
        all += 1
        counts[forms.rawValue, default: 0] += 1
    }

    mutating func add(_ other: FormCounts) {
        all += other.all
        counts.merge(other.counts, uniquingKeysWith: +)
    }

    /// The forms that make a quarter of the names and more, the most usual first, where thirty names are known at least. Each name counts for the
    /// most usual form that makes it.
    var usual: [FoundHabits.Form] {
        guard all >= Habits.leastNamed else { return [] }
        var (rest, found): ([UInt16: Int], [FoundHabits.Form]) = (counts, [])
        while let (bit, count) = Self.mostUsual(rest), count * 4 >= all {
            found.append(FoundHabits.Form(form: Self.words[bit], count: count, of: all))
            rest = rest.filter { $0.key & 1 << UInt16(bit) == 0 }
        }
        return found
    }

    private static func mostUsual(_ counts: [UInt16: Int]) -> (bit: Int, count: Int)? {
        words.indices.map { bit in (bit, counts.reduce(0) { $1.key & 1 << UInt16(bit) != 0 ? $0 + $1.value : $0 }) }
            .max { ($0.1, -$0.0) < ($1.1, -$1.0) }
    }

    /// In the order of `MailboxNameForms`.
    private static let words = [
        "jsmith (first letter, surname)", "smithj (surname, first letter)", "johns (given name, first letter)",
        "johnsmith (given name, surname)",
        "smithjohn (surname, given name)", "john (given name)", "smith (surname)",
        "jqs (initials)", "e104711 (a number)",
    ]
}
