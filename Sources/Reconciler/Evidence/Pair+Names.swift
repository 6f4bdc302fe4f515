import Records

/// The names of both, beside each other.
extension Pair {
    /// How a name of the row is like one of the recipient's: by as little as two of them show.
    func findLikeness() -> NameReading.Likeness? {
        var closest: NameReading.Likeness?
        _ = anyReadings { own, theirs in
            guard let found = own.likeness(to: theirs, by: scene.givenNames) else { return false }
            if closest.map({ found.isCloser(than: $0) }) ?? true { closest = found }
            return false
        }
        return closest
    }

    /// Whether the names are alike but nobody says which word is the surname: what one of them has beside the other may be it.
    var hasUnknownSurname: Bool { likeness.map { $0.isPartial && !$0.isSurnameKnown } ?? false }

    /// Whether a full name of the row is one of the recipient's.
    var hasSameName: Bool {
        guard view.names.beginnings.mayMeet(names.beginnings) else { return false }
        for own in view.names.readings.places {
            let key = scene.rowReadings[own].wholeName
            guard key != 0 else { continue }
            for theirs in names.readings.places
            where scene.recipientReadings[theirs].wholeName == key && scene.rowReadings[own].isSameName(as: scene.recipientReadings[theirs])
            {
                return true
            }
        }
        return false
    }

    /// The middle initials that both have, but for letters that may belong to a surname: those that the entry has there, O (Ó Curraidh), and T beside a
    /// particle (van 't Hof).
    var middleInitials: Letters {
        var shared = view.names.middleInitials.intersection(names.middleInitials).subtracting(names.particles)
        shared.subtract(Letters(letter: UInt8(ascii: "o")))
        // Most pairs share none.
        if shared.isEmpty { return shared }
        if anyReading({ $0.words.contains { $0.isLink } }) { shared.subtract(Letters(letter: UInt8(ascii: "t"))) }
        return shared
    }

    /// Whether another row has the row's mailbox name.
    var isMailboxNameShared: Bool { scene.list.byMailboxName.hasOther(view.mailboxNameKey, than: rowIndex) }

    /// Whether both have a name that is one word and nothing else, and it is the same.
    var hasSameLoneName: Bool {
        anyReading { own in own.loneName != 0 && anyRecipientReading { $0.loneName == own.loneName } }
    }

    /// Whether a word of both, links apart, is in the names of no more entries than this.
    func sharesWordOfFew(_ most: Int) -> Bool {
        anyReadings { own, theirs in
            own.words.contains { word in
                !word.isLink && theirs.words.contains(word) && scene.directory.byWord.count(word.key) <= most
            }
        }
    }

    /// Whether both share a word, links apart, and the row has the first letter of another word of the recipient's.
    var sharesWordAndInitial: Bool {
        anyReadings { own, theirs in
            own.firstInitial != 0
                && own.words.contains { word in
                    !word.isLink && theirs.words.contains(word)
                        && theirs.words.contains { $0 != word && !$0.isLink && $0.initial == own.firstInitial }
                }
        }
    }

    /// Whether a word of one side's names is, or begins, a word of the other side's. Looks at letters only where beginnings agree.
    var namesHaveSomethingInCommon: Bool {
        if names.beginnings.isEmpty || rowNames.beginnings.isEmpty { return true }
        guard rowNames.beginnings.mayMeet(names.beginnings) else { return false }
        return sharesWord || NameComparison(self).sharesNames
    }

    /// Whether a word of the row's names is one of the recipient's given names.
    var sharesGivenName: Bool {
        anyReadings { own, theirs in theirs.givenName.contains { word in !word.isLink && own.words.contains(word) } }
    }

    /// Whether a word of the row's names, links apart, is a word of the recipient's.
    private var sharesWord: Bool {
        anyReadings { own, theirs in own.words.contains { word in !word.isLink && theirs.words.contains(word) } }
    }

    /// Whether the words of the row that are no surname have nothing in common with the entry's given names. False when either has none.
    var givenNamesDiffer: Bool {
        if names.givenBeginnings.isEmpty { return false }
        if !names.givenBeginnings.mayMeet(rowNames.beginnings), hasForeignWord, !fullName.utf8.contains(UInt8(ascii: "(")) { return true }
        return NameComparison(self).givenNamesDiffer
    }

    /// Whether the row has a word, links apart, that is none of the recipient's.
    private var hasForeignWord: Bool {
        anyReading { own in
            own.words.contains { word in !word.isLink && !anyRecipientReading { $0.words.contains(word) } }
        }
    }
}
