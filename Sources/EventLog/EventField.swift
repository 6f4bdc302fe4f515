/// What stands behind a name in the text of an event, or below it in a table.
enum EventField: Hashable {
    case date, time, type, source, category, id, user, computer, log, keywords, description

    /// Whether an event may begin with it, so that it ends a description before it.
    var beginsEvents: Bool {
        switch self {
        case .date, .type, .source, .id, .log: true
        case .time, .category, .user, .computer, .keywords, .description: false
        }
    }

    /// The field of that name in Event Viewer's English, German, French or Spanish, old or new; case and blanks around it do not count.
    init?(name: some StringProtocol) {
        guard name.utf8.count <= Self.longest else { return nil }
        let plain = String(name.lowercased().map { $0 == "’" ? "'" : $0 })
        guard let field = Self.names[plain[...].trimmed] else { return nil }
        self = field
    }

    /// No name is longer, in bytes, with some blanks.
    private static let longest = 40

    private static let names: [String: Self] = [
        // English. The names of what is copied from an event's window have "Event" before them on Windows 2000 and 2003.
        "date": .date, "event date": .date, "date and time": .date,
        "time": .time, "event time": .time,
        "type": .type, "event type": .type, "level": .type,
        "source": .source, "event source": .source,
        "category": .category, "event category": .category, "task category": .category,
        "event id": .id,
        "user": .user, "event user": .user,
        "computer": .computer, "event computer": .computer,
        "log name": .log, "event log name": .log, "keywords": .keywords,
        "description": .description, "event description": .description,

        "datum": .date, "datum und uhrzeit": .date,
        "zeit": .time, "uhrzeit": .time,
        "typ": .type, "ereignistyp": .type, "ebene": .type,
        "quelle": .source, "ereignisquelle": .source,
        "kategorie": .category, "ereigniskategorie": .category, "aufgabenkategorie": .category,
        "ereigniskennung": .id, "ereignis-id": .id,
        "benutzer": .user, "protokollname": .log, "schlüsselwörter": .keywords,
        "beschreibung": .description,

        "date et heure": .date, "heure": .time,
        "type de l'événement": .type, "type d'événement": .type, "niveau": .type,
        "source de l'événement": .source,
        "catégorie": .category, "catégorie de l'événement": .category, "catégorie de la tâche": .category,
        "id de l'événement": .id, "id d'événement": .id, "id événement": .id,
        "utilisateur": .user, "ordinateur": .computer, "nom du journal": .log, "mots clés": .keywords,

        "fecha": .date, "fecha y hora": .date, "hora": .time,
        "tipo": .type, "tipo de suceso": .type, "tipo de evento": .type, "nivel": .type,
        "origen": .source, "origen del suceso": .source, "origen del evento": .source,
        "categoría": .category, "categoría del suceso": .category, "categoría del evento": .category, "categoría de la tarea": .category,
        "id. de suceso": .id, "id. del suceso": .id, "id. suceso": .id, "id. de evento": .id, "id. del evento": .id, "id. evento": .id,
        "usuario": .user, "equipo": .computer, "nombre de registro": .log, "palabras clave": .keywords,
        "descripción": .description,
    ]
}
