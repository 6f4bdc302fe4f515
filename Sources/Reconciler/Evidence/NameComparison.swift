import Records

/// The names of a row and a recipient laid side by side, letter by letter: for the few pairs that keys alone do not settle.
struct NameComparison {
    private let pair: Pair
    private let namesInX400: [String]
    private let own: [[UInt8]]
    private let theirs: [[UInt8]]

    init(_ pair: Pair) {
        self.pair = pair
        own = Self.words([pair.fullName, pair.row.givenName, pair.row.surname, pair.row.displayName])
        let recipient = pair.recipient
        namesInX400 = X400Names.texts(of: recipient)
        theirs = Self.words([recipient.displayName, recipient.givenName, recipient.surname] + namesInX400)
    }

    /// Whether the names, or the names and the short names, have anything in common. True when one side has no names: nothing disagrees then.
    var sharesAnything: Bool {
        if own.isEmpty || sharesNames { return true }
        let mailboxNames = Folding.joined(pair.mailboxName)
        let shortNames = Folding.joined(pair.recipient.alias) + Folding.joined(pair.recipient.directoryName)
        if theirs.isEmpty && shortNames.isEmpty { return true }
        return Self.overlap(mailboxNames, shortNames, least: 5) || holds(mailboxNames + own, theirs) || holds(shortNames, own)
    }

    /// Whether a word of one side's names is, or begins, a word of the other side's.
    var sharesNames: Bool { Self.overlap(own, theirs, least: 3) || own.contains { $0.count == 2 && theirs.contains($0) } }

    /// Whether the words of the row that are no surname have nothing in common with the entry's given names. False when either has none.
    var givenNamesDiffer: Bool {
        let theirGivenNames = Self.words([pair.recipient.givenName])
        guard !theirGivenNames.isEmpty else { return false }
        let theirSurnames = Self.words([pair.recipient.surname] + namesInX400.suffix(1))
        let given = own.filter { !theirSurnames.contains($0) && !NameParticles.isSuffix(NameParticles.number($0.span)) }
        return !given.isEmpty && !Self.overlap(given, theirGivenNames, least: 3)
    }

    private static func words(_ texts: [String]) -> [[UInt8]] {
        var words: [[UInt8]] = []
        for text in texts where !text.isEmpty {
            for spelling in Folding.spellings(of: text) {
                spelling.span.forEachPart { part in
                    part.forEachWord { word in
                        let number = NameParticles.number(word)
                        guard word.count > 1, !NameParticles.isLink(number), !NameParticles.isTitle(number) else { return }
                        words.append(word.withUnsafeBufferPointer { Array($0) })
                    }
                }
            }
        }
        return words
    }

    /// Whether one of these begins with one of those, or the other way round, for `least` letters or more.
    private static func overlap(_ these: [[UInt8]], _ those: [[UInt8]], least: Int) -> Bool {
        these.contains { this in
            those.contains { min(this.count, $0.count) >= least && (this.starts(with: $0) || $0.starts(with: this)) }
        }
    }

    /// Whether a short name has four letters of a name's beginning in it: at its start, behind a first letter, or behind the beginning of another
    /// name. Elsewhere they stand by chance, as those of Chelsea do in RachelS.
    private func holds(_ shortNames: [[UInt8]], _ words: [[UInt8]]) -> Bool {
        words.contains { word in
            word.count >= 4
                && shortNames.contains { name in
                    name.indices.contains { name[$0...].starts(with: word.prefix(4)) && isBoundary($0, in: name) }
                }
        }
    }

    /// Whether what stands before this place of a short name is nothing, one letter, or three letters and more of a name's beginning.
    private func isBoundary(_ place: Int, in name: [UInt8]) -> Bool {
        place <= 1 || (place >= 3 && (own + theirs).contains { $0.starts(with: name[..<place]) })
    }
}
