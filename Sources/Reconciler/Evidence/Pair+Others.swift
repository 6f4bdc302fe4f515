import Records

/// Who else has such names, on both sides.
extension Pair {
    /// How many other entries and other rows have the recipient's surname with the same first letter of the given name.
    var namesakes: (recipients: Int, rows: Int) {
        var counts = (recipients: 0, rows: 0)
        forEachNamesakeKey { key in
            counts.recipients = max(counts.recipients, scene.directory.byNearName.count(key, apartFrom: recipientIndex))
            counts.rows = max(counts.rows, scene.list.byNearName.count(key, apartFrom: rowIndex))
        }
        return counts
    }

    /// Whether there is such an entry or row.
    var hasNamesake: Bool {
        var isFound = false
        forEachNamesakeKey { key in
            isFound =
                isFound || scene.directory.byNearName.hasOther(key, than: recipientIndex)
                || scene.list.byNearName.hasOther(key, than: rowIndex)
        }
        return isFound
    }

    /// The other entries and the other rows of which `namesakes` and `sameNames` speak, ascending. None where there are too many to look at.
    var others: (recipients: [Int], rows: [Int]) {
        var (recipients, rows): (Set<Int32>, Set<Int32>) = ([], [])
        forEachNamesakeKey { key in
            recipients.formUnion(scene.directory.byNearName[key])
            rows.formUnion(scene.list.byNearName[key])
        }
        for place in rowNames.readings.places where scene.rowReadings[place].wholeName != 0 {
            recipients.formUnion(scene.directory.byName[scene.rowReadings[place].wholeName])
            rows.formUnion(scene.list.byName[scene.rowReadings[place].wholeName])
        }
        func shown(_ others: Set<Int32>, but own: Int) -> [Int] {
            others.count > Candidates.commonest ? [] : others.map(Int.init).filter { $0 != own }.sorted()
        }
        return (shown(recipients, but: recipientIndex), shown(rows, but: rowIndex))
    }

    /// The keys by which others of the recipient's surname and the same first letter of the given name are found. Where the entry does not
    /// tell which word is the surname, it is the last.
    private func forEachNamesakeKey(_ body: (Key) -> Void) {
        let isOrderKnown = anyRecipientReading { $0.surnameCount > 0 }
        for place in names.readings.places {
            let reading = scene.recipientReadings[place]
            if isOrderKnown, reading.surnameCount == 0 { continue }
            let surname = isOrderKnown ? reading.surname : reading.words.suffix(1)
            let given = isOrderKnown ? reading.givenName : reading.words.dropLast(1)
            for word in surname where !word.isLink {
                for name in given where !name.isLink { body(NameReading.nearKey(word, name.initial)) }
                if reading.firstInitial != 0, given.isEmpty { body(NameReading.nearKey(word, reading.firstInitial)) }
            }
        }
    }

    /// Whether a word that the row's names and the recipient's share, links apart, is in no other entry's.
    var hasWordOfNobodyElse: Bool {
        anyReadings { own, theirs in
            own.words.contains { word in
                !word.isLink && theirs.words.contains(word) && scene.directory.byWord.count(word.key, apartFrom: recipientIndex) == 0
            }
        }
    }

    /// The first other row of the row's postoffice that has a word of its names, links apart, and whose full name `fits`; `nil` without a known
    /// postoffice. Words that many rows have are passed over.
    func firstRowSharingWord(where fits: (_ fullName: String) -> Bool) -> MigrationRow? {
        guard let postoffice = view.mailbox?.postoffice else { return nil }
        for place in rowNames.readings.places {
            for word in scene.rowReadings[place].words where !word.isLink {
                let rows = scene.list.byWord[postoffice.with(word.key)]
                if rows.count > Candidates.commonest { continue }
                for other in rows where Int(other) != rowIndex && fits(scene.rows[Int(other)].fullName) { return scene.rows[Int(other)] }
            }
        }
        return nil
    }

    /// Whether another entry or another row has one of the row's full names as a whole.
    var isNameShared: Bool {
        anyReading { own in
            own.wholeName != 0
                && (scene.directory.byName.hasOther(own.wholeName, than: recipientIndex)
                    || scene.list.byName.hasOther(own.wholeName, than: rowIndex))
        }
    }

    /// How many other entries and other rows have one of the row's full names as a whole.
    var sameNames: (recipients: Int, rows: Int) {
        var counts = (recipients: 0, rows: 0)
        for place in rowNames.readings.places {
            let key = scene.rowReadings[place].wholeName
            guard key != 0 else { continue }
            counts.recipients = max(counts.recipients, scene.directory.byName.count(key, apartFrom: recipientIndex))
            counts.rows = max(counts.rows, scene.list.byName.count(key, apartFrom: rowIndex))
        }
        return counts
    }
}
