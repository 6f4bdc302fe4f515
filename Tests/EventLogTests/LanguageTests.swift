import Records
import Testing

@testable import EventLog

@Suite("Events as Event Viewer of other languages copies them")
struct LanguageTests {
    private static let text = "Could not log onto the Message Store for Account JSMITH"

    private func read(_ text: String) -> (events: [LoggedEvent], others: Int) { EventLogReader.events(in: Array(text.utf8)) }

    private static let germanOld = """
        Ereignistyp:\tFehler
        Ereignisquelle:\tMSExchangeMig
        Ereigniskategorie:\tKeine
        Ereigniskennung:\t7017
        Datum:\t\t15.01.1998
        Zeit:\t\t10:23:45
        Benutzer:\t\tNicht zutreffend
        Computer:\tEX01
        Beschreibung:
        Could not log onto the Message Store for
        Account JSMITH

        """
    private static let germanNew = """
        Protokollname: Application
        Quelle:        MSExchangeMig
        Datum:         12.11.2003 10:20:15
        Ereignis-ID:   7017
        Aufgabenkategorie:Keine
        Ebene:         Fehler
        Schlüsselwörter:Klassisch
        Benutzer:      Nicht zutreffend
        Computer:      EX01
        Beschreibung:
        \(text)

        """
    private static let frenchOld = """
        Type de l'événement :\tErreur
        Source de l'événement :\tMSExchangeMig
        Catégorie de l'événement :\tAucun
        ID de l'événement :\t7017
        Date :\t\t15/01/1998
        Heure :\t\t10:23:45
        Utilisateur :\t\tN/A
        Ordinateur :\tEX01
        Description :
        \(text)

        """
    private static let frenchNew = """
        Nom du journal\u{A0}:Application
        Source\u{A0}:       MSExchangeMig
        Date\u{A0}:         12/11/2003 10:20:15
        ID de l’événement\u{A0}:7017
        Catégorie de la tâche\u{A0}:Aucun
        Niveau\u{A0}:       Erreur
        Mots clés\u{A0}:    Classique
        Utilisateur\u{A0}:  N/A
        Ordinateur\u{A0}:   EX01
        Description\u{A0}:
        \(text)

        """
    private static let spanishOld = """
        Tipo de suceso:\tError
        Origen del suceso:\tMSExchangeMig
        Categoría del suceso:\tNinguno
        Id. de suceso:\t7017
        Fecha:\t\t15/01/1998
        Hora:\t\t10:23:45
        Usuario:\t\tNo disponible
        Equipo:\tEX01
        Descripción:
        \(text)

        """
    private static let spanishNew = """
        Nombre de registro:Application
        Origen:        MSExchangeMig
        Fecha:         12/11/2003 10:20:15
        Id. del evento:7017
        Categoría de la tarea:Ninguno
        Nivel:         Error
        Palabras clave:Clásico
        Usuario:       No disponible
        Equipo:        EX01
        Descripción:
        \(text)

        """

    @Test(
        "German, French and Spanish events, old and new, are read like English ones, several of them, too",
        arguments: [germanOld, germanNew, frenchOld, frenchNew, spanishOld, spanishNew])
    func blocks(block: String) {
        let other = block.split(separator: "\n").map { $0.hasSuffix("MSExchangeMig") ? $0.replacing("MSExchangeMig", with: "Print") : $0 }
        let read = read(block + other.joined(separator: "\n") + "\n" + block)
        #expect(read.events.map(\.text) == [Self.text, Self.text] && read.events.map(\.id) == [7017, 7017] && read.others == 1)
        #expect(read.events.first?.line == 1)
    }

    @Test("A name before a colon within a description is part of it, unless an event begins with it")
    func namesInDescriptions() {
        let block = "Ereignis-ID: 7000\nQuelle: MSExchangeMig\nBenutzer: N/A\nBeschreibung: nicht übertragen\nBenutzer: JSMITH\n"
        #expect(read(block).events.map(\.text) == ["nicht übertragen Benutzer: JSMITH"])
    }

    @Test(
        "The later tables, whose header leaves out the description",
        arguments: [
            "Ebene,Datum und Uhrzeit,Quelle,Ereignis-ID,Aufgabenkategorie",
            "Niveau,Date et heure,Source,ID de l’événement,Catégorie de la tâche",
            "Nivel,Fecha y hora,Origen,Id. del evento,Categoría de la tarea",
        ])
    func tables(header: String) {
        let read = read("\(header)\r\nx,12.11.2003 10:20:15,MSExchangeMig,7017,y,\"\(Self.text).\"\r\n")
        #expect(read.events.map(\.id) == [7017] && read.events.map(\.text) == [Self.text + "."] && read.others == 0)
    }
}
