import Records

/// The names of a row and a recipient laid side by side, letter by letter: for the few pairs that keys alone do not settle.
struct NameComparison {
    private let pair: Pair
    /// The words of the row's names.
    private let own: [[UInt8]]

    init(_ pair: Pair) {
        self.pair = pair
        own = pair.nameWords
    }

    /// Whether the names, or the names and the short names, have anything in common. True when one side has no names: nothing disagrees then.
    var sharesAnything: Bool {
        if own.isEmpty || sharesNames { return true }
        let theirs = theirWords
        let mailboxNames = Folding.joined(pair.mailboxName)
        let shortNames = Folding.joined(pair.recipient.alias) + Folding.joined(pair.recipient.directoryName)
        if theirs.isEmpty && shortNames.isEmpty { return true }
        return Self.overlap(mailboxNames, shortNames, least: 5) || holds(mailboxNames + own, theirs, theirs)
            || holds(shortNames, own, theirs)
    }

    /// Whether a word of one side's names is, or begins, a word of the other side's.
    var sharesNames: Bool {
        var isShared = false
        forEachWordOfTheirs { word in
            for mine in own where !isShared {
                isShared = Self.overlap(mine.span, word, least: mine.count == 2 && word.count == 2 ? 2 : 3)
            }
        }
        return isShared
    }

    /// Whether the words of the row that are no surname have nothing in common with the entry's given names. False when either has none.
    var givenNamesDiffer: Bool {
        let theirGivenNames = Self.words(of: [pair.recipient.givenName])
        guard !theirGivenNames.isEmpty else { return false }
        let theirSurnames = Self.words(of: [pair.recipient.surname] + namesInX400.suffix(1))
        let given = own.filter { !theirSurnames.contains($0) && !NameParticles.isSuffix(NameParticles.number($0.span)) }
        return !given.isEmpty && !Self.overlap(given, theirGivenNames, least: 3)
    }

    /// The names in the entry's X.400 address, where they are others.
    private var namesInX400: [String] {
        pair.anyRecipientReading { $0.sources.contains(.x400Address) } ? X400Names.texts(of: pair.recipient) : []
    }

    private var theirWords: [[UInt8]] {
        var words: [[UInt8]] = []
        forEachWordOfTheirs { word in words.append(word.withUnsafeBufferPointer { Array($0) }) }
        return words
    }

    private func forEachWordOfTheirs(_ body: (Span<UInt8>) -> Void) {
        var folding = Folding()
        for field in [Recipient.Field.displayName, .givenName, .surname] {
            pair.recipient.withBytes(of: field) { Self.forEachWord(of: $0, &folding, body) }
        }
        for name in namesInX400 { Self.forEachWord(of: name.utf8.span, &folding, body) }
    }

    /// The words of some texts.
    static func words(of texts: [String]) -> [[UInt8]] {
        var words: [[UInt8]] = []
        var folding = Folding()
        for text in texts {
            forEachWord(of: text.utf8.span, &folding) { word in words.append(word.withUnsafeBufferPointer { Array($0) }) }
        }
        return words
    }

    /// Calls `body` with each word of a text, in each of its spellings, but for links, titles and single letters.
    private static func forEachWord(of text: Span<UInt8>, _ folding: inout Folding, _ body: (Span<UInt8>) -> Void) {
        if text.isEmpty { return }
        folding.fold(utf8: text)
        forEachName(folding.bytes.span, body)
        if folding.hasOtherSpelling {
            folding.fold(utf8: text, .expanded)
            forEachName(folding.bytes.span, body)
        }
    }

    private static func forEachName(_ folded: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        folded.forEachPart { part in
            part.forEachWord { word in
                let number = NameParticles.number(word)
                if word.count > 1, !NameParticles.isLink(number), !NameParticles.isTitle(number) { body(word) }
            }
        }
    }

    /// Whether one of these begins with one of those, or the other way round, for `least` letters or more.
    private static func overlap(_ these: [[UInt8]], _ those: [[UInt8]], least: Int) -> Bool {
        these.contains { this in those.contains { overlap(this.span, $0.span, least: least) } }
    }

    /// Whether one of two words begins with the other, for `least` letters or more.
    private static func overlap(_ this: Span<UInt8>, _ that: Span<UInt8>, least: Int) -> Bool {
        let length = min(this.count, that.count)
        guard length >= least else { return false }
        for index in 0..<length where this[index] != that[index] { return false }
        return true
    }

    /// Whether a short name has four letters of a name's beginning in it: at its start, behind a first letter, or behind the beginning of another
    /// name. Elsewhere they stand by chance, as those of Chelsea do in RachelS.
    private func holds(_ shortNames: [[UInt8]], _ words: [[UInt8]], _ theirs: [[UInt8]]) -> Bool {
        words.contains { word in
            word.count >= 4
                && shortNames.contains { name in
                    name.indices.contains { name[$0...].starts(with: word.prefix(4)) && isBoundary($0, in: name, theirs) }
                }
        }
    }

    /// Whether what stands before this place of a short name is nothing, one letter, or three letters and more of a name's beginning.
    private func isBoundary(_ place: Int, in name: [UInt8], _ theirs: [[UInt8]]) -> Bool {
        place <= 1 || (place >= 3 && (own + theirs).contains { $0.starts(with: name[..<place]) })
    }
}
