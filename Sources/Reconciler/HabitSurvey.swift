public import Records

extension Reconciler {
    /// What decisions would go by: how names are made in each container and postoffice, and where the people of each postoffice live and work. Costs as much
    /// as half of deciding.
    public func habits(rows: [MigrationRow], snapshot: DirectorySnapshot) -> FoundHabits {
        let prepared = prepare(rows)
        let scene = Scene(
            rows: prepared, recipients: snapshot.recipients, folded: FoldedRecipients(snapshot.recipients, FoldingRules(settings)),
            settings: settings)
        return FoundHabits(containers: scene.containerHabits, postoffices: scene.postofficeHabits(prepared))
    }
}

extension Scene {
    fileprivate var containerHabits: [FoundHabits.Container] {
        var counts: [Int: (names: FormCounts, aliases: FormCounts)] = [:]
        for recipient in recipients.indices where isMailbox[recipient] && !recipients[recipient].isDeleted {
            let names = recipientNames[recipient]
            let container = tree.container(of: recipient)
            if let forms = names.directoryNameForms {
                counts[container, default: (FormCounts(), FormCounts())].names.add(MailboxNameForms(forms))
            }
            if let forms = names.aliasForms {
                counts[container, default: (FormCounts(), FormCounts())].aliases.add(MailboxNameForms(forms))
            }
        }
        return counts.map { FoundHabits.Container(dn: tree.names[$0.key], forms: $0.value.names.usual, aliases: $0.value.aliases.usual) }
            .filter { !$0.forms.isEmpty || !$0.aliases.isEmpty }.sorted { $0.dn < $1.dn }
    }

    fileprivate func postofficeHabits(_ prepared: PreparedRows) -> [FoundHabits.Postoffice] {
        var members: [Int32: [Int]] = [:]
        for row in rows.indices { members[groups[row], default: []].append(row) }
        var desk = FoldingDesk()
        return members.map { group, rows in
            var counts = FormCounts()
            for row in rows { if let forms = forms(ofRow: row, &desk) { counts.add(forms) } }
            return FoundHabits.Postoffice(
                name: name(ofPostofficeOf: rows), rows: rows.count, forms: counts.usual, home: home(Int(group)),
                department: department(Int(group)))
        }.sorted { ($0.name, $0.rows) < ($1.name, $1.rows) }
    }

    private func name(ofPostofficeOf members: [Int]) -> String {
        for row in members {
            if let mailbox = rows[row].addresses.lazy.compactMap(\.msMailMailbox).first { return mailbox.postoffice.description }
        }
        return members.first.flatMap { settings.postoffice(ofFile: rows[$0].file)?.description } ?? ""
    }

    private func home(_ group: Int) -> FoundHabits.Place? {
        guard let home = groupHomes[group], let place = homes.places(of: home).last else { return nil }
        return FoundHabits.Place(name: tree.names[place.container], count: place.count, of: home.known, isTold: home.isTold ? true : nil)
    }

    private func department(_ group: Int) -> FoundHabits.Place? {
        guard let department = groupDepartments[group], let one = departmentKeys.firstIndex(of: department.key) else { return nil }
        return FoundHabits.Place(name: recipients[one].department, count: department.count, of: department.known)
    }

    /// How the row's mailbox name is made of its full name: of the part before the comma as surname, else of the last word.
    private func forms(ofRow row: Int, _ desk: inout FoldingDesk) -> MailboxNameForms? {
        if Numbers.number(rows[row].mailboxName.utf8.span) != 0 { return .number }
        var parts: [[[UInt8]]] = []
        Folding(rows[row].fullName).bytes.span.forEachPart { part in
            var words: [[UInt8]] = []
            part.forEachWord { word in words.append(word.withUnsafeBufferPointer { Array($0) }) }
            parts.append(words)
        }
        let surname = parts.count > 1 ? parts[0].flatMap(\.self) : parts.first?.last
        let given = parts.count > 1 ? parts[1].first : parts.first.flatMap { $0.count > 1 ? $0.first : nil }
        guard let surname, let given,
            let names = ShortNameForms.Parts(
                given: String(decoding: given, as: UTF8.self), surname: String(decoding: surname, as: UTF8.self), &desk)
        else { return nil }
        desk.text.foldJoined(rows[row].mailboxName)
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

/// How often each form was seen.
private struct FormCounts {
    /// How many names may be made by each set of forms: RodgersH is surname and first letter, or surname and a given name that was cut.
    private var counts: [UInt16: Int] = [:]
    private var all = 0

    mutating func add(_ forms: MailboxNameForms) {
        all += 1
        counts[forms.rawValue, default: 0] += 1
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
