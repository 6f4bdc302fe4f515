public import Records

/// Made-up recipients for tests that read them through a directory: the same ones for the same seed.
public enum SamplePeople {
    /// The organisation's name: the top of an Exchange 5.5 directory.
    public static let organization = "Larkspur Mills"
    /// The one site.
    public static let site = "LEEDS"
    /// The server that all mailboxes are on.
    public static let server = "LEEDS-EX1"

    /// So many recipients: mostly mailboxes, every tenth one hidden; every 20th is a custom recipient, every 25th a list.
    ///
    /// `dn` and `id` are empty: they depend on the form of directory. Names have accents, commas, apostrophes and blanks.
    public static func make(_ count: Int, seed: UInt64 = 1) -> [Recipient] {
        var generator = SeededGenerator(seed: seed)
        return (1...count).map { number in
            let given = givenNames.randomElement(using: &generator) ?? ""
            let surname = surnames.randomElement(using: &generator) ?? ""
            switch number {
            case _ where number % 25 == 0: return list(number)
            case _ where number % 20 == 0: return customRecipient(number, given, surname)
            default: return mailbox(number, given, surname, displaysLastNameFirst: number % 3 == 0)
            }
        }
    }

    /// A user list (UTF-8) with a row for each mailbox among the people: their old names at the postoffice `OLDNET/PO1`, and their display names.
    public static func userList(_ people: [Recipient]) -> String {
        let head = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Secondary-Proxy-Addresses\n"
        return head
            + people.filter { $0.kind == .mailbox }.map { person in
                let old = person.addresses.first { $0.type == "MIGRATE" }?.value ?? ""
                let name = old.split(separator: "/").last.map(String.init) ?? person.alias
                return "\(name),\"\(person.displayName)\",Y,Mailbox,Create,\(name),migrate:\(old)\n"
            }.joined()
    }

    private static func mailbox(_ number: Int, _ given: String, _ surname: String, displaysLastNameFirst: Bool) -> Recipient {
        let alias = plain(given) + plain(surname).prefix(1) + String(number)
        return Recipient(
            dn: "", kind: .mailbox, directoryName: (plain(surname).prefix(8) + String(number)).uppercased(), alias: alias,
            displayName: displaysLastNameFirst ? "\(surname), \(given)" : "\(given) \(surname)", givenName: given, surname: surname,
            initials: number % 4 == 0 ? "Q" : "",
            addresses: [
                MailAddress(type: "MS", value: "LARKSPUR/\(site)/\(alias.uppercased().prefix(10))"),
                MailAddress(type: "MIGRATE", value: "MS:OLDNET/PO1/U\(number)"),
                MailAddress(type: "SMTP", value: "\(alias)@larkspur.example"),
            ],
            department: number % 3 == 0 ? "" : "Spinning \(number % 2 + 1)", homeServer: server, isHidden: number % 10 == 0)
    }

    private static func customRecipient(_ number: Int, _ given: String, _ surname: String) -> Recipient {
        Recipient(
            dn: "", kind: .customRecipient, directoryName: "B82\(number)DF", alias: "ext\(number)", displayName: "\(given) \(surname)",
            givenName: given, surname: surname, addresses: [MailAddress(type: "SMTP", value: "ext\(number)@elsewhere.example")])
    }

    private static func list(_ number: Int) -> Recipient {
        Recipient(
            dn: "", kind: .distributionList, directoryName: "LIST\(number)", alias: "list\(number)", displayName: "All of Hall \(number)",
            addresses: [MailAddress(type: "SMTP", value: "list\(number)@larkspur.example")])
    }

    /// ASCII letters only, as aliases have them.
    private static func plain(_ name: String) -> String {
        let spelled: [Character: String] = [
            "ä": "ae", "ö": "oe", "ü": "ue", "é": "e", "è": "e", "ç": "c", "ß": "ss", "ø": "o", "Å": "A", "É": "E",
        ]
        return name.flatMap { spelled[$0] ?? String($0) }.filter { $0.isASCII && $0.isLetter }.map(String.init).joined()
    }

    private static let givenNames = [
        "Anna", "Björn", "Chloé", "Daniel", "Émile", "Fiona", "Grace", "Hélène", "Ian", "Jürgen", "Karen", "Li", "Mary Ann", "Nils", "Olga",
        "Peter", "Quentin", "Rosa", "Søren", "Tomás",
    ]
    private static let surnames = [
        "Ashworth", "Müller", "O'Brien", "Smith", "Sørensen", "Lefèvre", "van der Berg", "Smith-Jones", "Groß", "Nguyen", "Åkesson",
        "Patel",
        "Garçon", "Whitaker", "Dell'Orto", "Jones, Jr.",
    ]
}
