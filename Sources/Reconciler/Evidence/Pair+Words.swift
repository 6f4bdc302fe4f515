import Records
import Texts

/// What is written of the recipient's names.
extension Pair {
    /// The display name, or the best that the entry has instead.
    var shownName: String {
        if !recipient.displayName.isEmpty { return recipient.displayName }
        let name = [recipient.givenName, recipient.surname].filter { !$0.isEmpty }.joined(separator: " ")
        return name.isEmpty ? recipient.directoryName : name
    }

    /// Adds what `shownName` gives.
    func writeShownName(to text: inout TextBuffer) {
        if recipient.isEmpty(.displayName) { text.add(shownName) } else { text.add(.displayName, of: recipient) }
    }

    /// Adds the entry's name that is one of the row's full names, behind the name of its attribute.
    func writeSameName(to text: inout TextBuffer) {
        switch sourceOfSameName {
        case .displayName:
            text.add("display name ")
            text.add(.displayName, of: recipient)
        case .givenNameAndSurname: text.add("given name and surname ", recipient.givenName, " ", recipient.surname)
        default: text.add("name ", X400Names.texts(of: recipient).joined(separator: " "), " in the X.400 address")
        }
    }

    /// Where the entry has the name that is one of the row's full names.
    private var sourceOfSameName: NameReading.Sources {
        var sources: NameReading.Sources = []
        for place in names.readings.places where anyReading({ $0.isSameName(as: scene.recipientReadings[place]) }) {
            sources.formUnion(scene.recipientReadings[place].sources)
        }
        for source in [NameReading.Sources.displayName, .givenNameAndSurname] where sources.contains(source) { return source }
        return .x400Address
    }

    /// The initials, and Jr, Sr or II, as they are written, that only one of the two equal names has.
    var additionsThatDiffer: [String] {
        // Nearly all names have none.
        func hasAdditions(_ reading: NameReading) -> Bool { !reading.initials.isEmpty || reading.suffix != 0 }
        guard anyReading(hasAdditions) || anyRecipientReading(hasAdditions) else { return [] }
        let theirs =
            switch sourceOfSameName {
            case .displayName: Self.additions(recipient.displayName)
            case .givenNameAndSurname: Self.additions(recipient.givenName + " " + recipient.surname)
            default: Self.additions(X400Names.texts(of: recipient).joined(separator: " "))
            }
        let own = Self.additions(fullName)
        return own.filter { one in !theirs.contains { $0.folded == one.folded } }.map(\.text)
            + theirs.filter { one in !own.contains { $0.folded == one.folded } }.map(\.text)
    }

    /// The initials and suffixes of a name.
    private static func additions(_ name: String) -> [(text: String, folded: [UInt8])] {
        parts(of: name).compactMap { part in
            let folded = Folding(part).bytes
            guard folded.count == 1 || NameParticles.isSuffix(NameParticles.number(folded.span)) else { return nil }
            return (part, folded)
        }
    }

    /// The words of a text as they are written, links apart.
    static func words(of text: String) -> [String] {
        parts(of: text).filter { !NameParticles.isLink(NameParticles.number(Folding($0).bytes.span)) }
    }

    private static func parts(of text: String) -> [String] {
        text.split { !($0.isLetter || $0.isNumber || $0 == "'" || $0 == "\u{2019}") }.map(String.init)
    }

    /// The words of a text as they are written, links apart, that both have in their names and that `fits`.
    func sharedWords(of text: String, where fits: (_ key: Key, _ theirs: NameReading) -> Bool) -> [String] {
        Self.parts(of: text).filter { part in
            Folding.spellings(of: part).contains { folded in
                if folded.count < 2 { return false }
                let key = NameReading.wordKey(folded.span)
                return anyReadings { own, theirs in
                    own.words.contains { !$0.isLink && $0.key == key } && theirs.words.contains { $0.key == key } && fits(key, theirs)
                }
            }
        }
    }
}

extension TextBuffer {
    /// Adds a text of a recipient.
    mutating func add(_ field: Recipient.Field, of recipient: Recipient) { recipient.withBytes(of: field) { add($0) } }
}
