public import Records

/// A slapd that looks like the LDAP side of an Exchange Server 5.5: `cn` is the display name and not the naming value,
/// at most 100 entries come without paging, hidden ones are shown to administrators only, nothing to anonymous users.
///
/// Entries cannot be changed over LDAP, because they break LDAP's own rule for naming values; deleting works.
public struct Exchange55View: Sendable {
    /// A reader's name, as Exchange takes it: user and NT domain.
    public static let readerName = "cn=mig,cn=CONTOSO"
    /// The same with the administrator's view, which shows hidden and deleted entries (KB Q185475).
    public static let adminName = "cn=mig,cn=CONTOSO,cn=admin"
    /// The password of both.
    public static let password = "migpw"

    /// The server.
    public let slapd: PrivateSlapd

    /// A server with these people.
    public init(_ people: [Recipient]) throws {
        slapd = try PrivateSlapd(DirectoryForm.exchange55.configuration(people))
    }

    /// A server with these entries, which must name the suffix's own entry too.
    public init(suffix: String, ldif: String) throws {
        slapd = try PrivateSlapd(Self.configuration(suffix: suffix, content: [.text(ldif)]))
    }

    /// The settings of such a server, to be changed before it is started.
    public static func configuration(suffix: String, content: [SlapdConfiguration.Content]) -> SlapdConfiguration {
        var main = SlapdConfiguration.Database(suffix: suffix, content: content)
        main.skipsSchemaCheck = true
        main.limits = ["* size.soft=100 size.hard=100 size.prtotal=unlimited"]
        main.access = [
            #"to filter=(|(Hide-From-Address-Book=TRUE)(is-deleted=TRUE)) by dn.subtree="cn=admin" read by * none"#,
            "to * by users read by * none",
        ]
        main.indexes = ["objectClass,rdn,uid,otherMailbox eq", "cn,mail eq,sub"]
        let ownOnly = ["to attrs=userPassword by anonymous auth by * none", "to * by * none"]
        let domain = [container("CONTOSO", dn: "cn=CONTOSO"), user(readerName)].joined()
        let admin = [container("admin", dn: "cn=admin"), container("CONTOSO", dn: "cn=CONTOSO,cn=admin"), user(adminName)].joined()
        var configuration = SlapdConfiguration(databases: [
            main, .init(suffix: "cn=CONTOSO", content: [.text(domain)], access: ownOnly),
            .init(suffix: "cn=admin", content: [.text(admin)], access: ownOnly),
        ])
        configuration.schemas = [.text(String(decoding: PackageResources.exchange55_schema, as: UTF8.self))]
        return configuration
    }

    /// The entries above a site's recipients.
    public static func head(organization: String, site: String) -> [LDIFEntry] {
        [
            raw("o=\(organization)", "organization", [("o", organization)]),
            raw("ou=\(site),o=\(organization)", "organizationalUnit", [("ou", site)]),
            raw("cn=Recipients,ou=\(site),o=\(organization)", "container", [("rdn", "Recipients"), ("cn", "Recipients")]),
        ]
    }

    /// A recipient's entry; its `dn` must be set.
    public static func entry(_ person: Recipient) -> LDIFEntry {
        let mail = person.addresses.first { $0.type == "SMTP" }?.value ?? ""
        var attributes: [(name: String, value: String)] = [
            ("rdn", person.directoryName), ("uid", person.alias), ("cn", person.displayName), ("sn", person.surname),
            ("givenName", person.givenName), ("initials", person.initials), ("mail", mail), ("rfc822Mailbox", mail),
            ("textEncodedORAddress", person.addresses.first { $0.type == "X400" }?.value ?? ""),
            ("Hide-From-Address-Book", person.isHidden ? "TRUE" : ""), ("is-deleted", person.isDeleted ? "TRUE" : ""),
            ("Extension-Attribute-1", person.key),
        ]
        attributes += person.addresses.filter { !["SMTP", "X400"].contains($0.type) }.map { ("otherMailbox", "\($0.type)$\($0.value)") }
        switch person.kind {
        case .mailbox, .account:
            let server = "cn=\(person.homeServer),cn=Servers,cn=Configuration,ou=\(SamplePeople.site),o=\(SamplePeople.organization)"
            attributes += [
                ("Home-MDB", "cn=Microsoft Private MDB,\(server)"), ("Home-MTA", "cn=Microsoft MTA,\(server)"),
                ("mailPreferenceOption", "0"), ("department", person.department),
            ]
            return raw(person.dn, "organizationalPerson", attributes)
        case .customRecipient:
            return raw(person.dn, "remote-address", attributes + [("Target-Address", person.addresses.first.map { "\($0)" } ?? "")])
        case .distributionList: return raw(person.dn, "groupOfNames", attributes)
        case .publicFolder: return raw(person.dn, "Public-Folder", attributes)
        }
    }

    private static let parents = [
        "organizationalPerson": "person", "remote-address": "person", "groupOfNames": "person", "Public-Folder": "person",
    ]

    /// With the structural class that `slapadd -s` does not work out.
    private static func raw(_ dn: String, _ objectClass: String, _ attributes: [(name: String, value: String)]) -> LDIFEntry {
        let classes = (parents[objectClass].map { ["top", $0] } ?? []) + [objectClass]
        return LDIFEntry(dn, classes: classes, [("structuralObjectClass", objectClass)] + attributes)
    }

    private static func container(_ name: String, dn: String) -> String {
        LDIFEntry(dn, classes: ["container"], [("cn", name)]).text
    }

    private static func user(_ dn: String) -> String {
        LDIFEntry(dn, classes: ["person"], [("cn", "mig"), ("userPassword", password)]).text
    }
}
