import Records
import Texts

/// The mailbox stands where the people of the row's postoffice live, as the rows show whose mailbox is known. Where the postoffice is unknown, the list's
/// people count: the migration wizard writes a list for each postoffice. The administrator may tell where a postoffice's people live. Supports; never
/// decides alone.
enum HomeContainer: Piece {
    static let name = "home-container"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        pair.homePlace != nil
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        guard let home = pair.home, let place = pair.homePlace else { return }
        if home.isTold { return text.add("the \(pair.peopleInWords) live in ", pair.containerName(place.container), ", as told") }
        text.add(place.count)
        text.add(" of ")
        text.add(home.known)
        text.add(" \(pair.peopleInWords) whose mailbox is known live in ", pair.containerName(place.container))
    }
}
