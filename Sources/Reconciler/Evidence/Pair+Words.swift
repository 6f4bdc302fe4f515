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
        var sources: NameReading.Sources = []
        for place in names.readings.places where anyReading({ $0.isSameName(as: scene.recipientReadings[place]) }) {
            sources.formUnion(scene.recipientReadings[place].sources)
        }
        if sources.contains(.displayName) {
            text.add("display name ")
            text.add(.displayName, of: recipient)
        } else if sources.contains(.givenNameAndSurname) {
            text.add("given name and surname ", recipient.givenName, " ", recipient.surname)
        } else {
            text.add("name ", X400Names.texts(of: recipient).joined(separator: " "), " in the X.400 address")
        }
    }
}

extension TextBuffer {
    /// Adds a text of a recipient.
    mutating func add(_ field: Recipient.Field, of recipient: Recipient) { recipient.withBytes(of: field) { add($0) } }
}
