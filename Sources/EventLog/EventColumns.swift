internal import Records

/// The columns that the header of a table names.
struct EventHeader {
    let source, id: Int
    private let text: Int?
    /// How many columns it has.
    private let count: Int

    init?(_ cells: [String]) {
        let fields = cells.map(Self.field)
        guard let source = fields.firstIndex(of: .source), let id = fields.firstIndex(of: .id) else { return nil }
        self.source = source
        self.id = id
        text = fields.firstIndex(of: .description)
        count = fields.count
    }

    /// Where the text stands in a record of so many cells; `nil` where no column is for it.
    func text(ofCells cells: Int) -> Range<Int>? {
        // Event Viewer's later exports name five columns and leave the sixth, the description, without a name.
        guard let place = text ?? (cells > count ? count : nil) else { return nil }
        guard place < cells else { return cells..<cells }
        // Where nothing stands behind it, separators in it are its own.
        return place..<(place >= count - 1 ? cells : place + 1)
    }

    /// Tables have a few names of their own.
    private static func field(_ name: String) -> EventField? {
        switch name.lowercased() {
        case "event", "eventid", "instanceid", "id", "ereignis", "événement", "suceso", "evento": .id
        case "message", "strings", "nachricht": .description
        default: EventField(name: name)
        }
    }
}

/// What a record of a table has of an event of the migration's, and where.
struct EventColumns {
    let source: String
    /// The event's number, and its column; `nil` where it has none.
    let number, numberPlace: Int?
    /// The columns of the text.
    let text: Range<Int>

    /// By the header where there is one and it fits, otherwise by what the cells are; `nil` where no cell is a source of the migration's, and where nothing
    /// says which event it is.
    init?(_ cells: [String], _ header: EventHeader?) {
        if let header, header.source < cells.count, header.id < cells.count, let source = LoggedEvent.source(cells[header.source]) {
            self.source = source
            number = LoggedEvent.number(cells[header.id])
            numberPlace = header.id
            text = header.text(ofCells: cells.count) ?? Self.rest(of: cells, behind: max(header.source, header.id))
            return
        }
        guard let place = cells.firstIndex(where: { LoggedEvent.source($0) != nil }), let source = LoggedEvent.source(cells[place])
        else { return nil }
        self.source = source
        if let found = Self.number(cells, source: place) {
            (number, numberPlace) = (found.number, found.place)
            text = Self.rest(of: cells, behind: max(place, found.place))
        } else if let message = cells.indices.first(where: { $0 > place && KnownMessage(beginning: cells[$0]) != nil }) {
            (number, numberPlace) = (nil, nil)
            text = message..<cells.count
        } else {
            return nil
        }
    }

    /// dumpel has the number right before the source; Event Viewer has it behind, after type and category.
    private static func number(_ cells: [String], source: Int) -> (number: Int, place: Int)? {
        if source > 0, let number = LoggedEvent.number(cells[source - 1]) { return (number, source - 1) }
        for place in cells.indices where place > source { if let number = LoggedEvent.number(cells[place]) { return (number, place) } }
        return nil
    }

    /// What stands behind user and computer.
    private static func rest(of cells: [String], behind place: Int) -> Range<Int> { min(place + 3, cells.count)..<cells.count }
}
