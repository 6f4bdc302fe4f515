public import Records

/// The kinds of directory that the same people can be served in.
public enum DirectoryForm: String, Sendable, CaseIterable {
    /// Exchange 5.5's view over LDAP, which cannot be read anonymously.
    case exchange55
    /// Active Directory with Exchange, as slapd can show it: no ranges, no DirSync.
    case activeDirectory
    /// inetOrgPerson from stock schemas: no MS addresses, no custom recipients.
    case inetOrgPerson

    /// The DN at the top.
    public var suffix: String {
        switch self {
        case .exchange55: "o=\(SamplePeople.organization)"
        case .activeDirectory: "DC=larkspur,DC=example"
        case .inetOrgPerson: "o=Larkspur"
        }
    }

    /// What a reader of this form should make of the people: with their DNs, without what the form cannot show.
    ///
    /// `id` stays empty: slapd makes an `entryUUID` of its own.
    public func recipients(of people: [Recipient]) -> [Recipient] {
        people.filter { self != .inetOrgPerson || $0.kind != .customRecipient }.map { person in
            guard self == .inetOrgPerson else { return person.with(dn: dn(person), addresses: person.addresses) }
            return Recipient(
                dn: dn(person), kind: person.kind, directoryName: person.directoryName,
                alias: person.kind == .distributionList ? "" : person.alias, displayName: person.displayName, givenName: person.givenName,
                surname: person.surname, initials: person.initials,
                addresses: person.kind == .mailbox ? person.addresses.filter { $0.type == "SMTP" } : [], department: person.department,
                key: person.key, id: person.id,
                isDeleted: person.isDeleted)
        }
    }

    /// The people and the entries above them as LDIF.
    public func ldif(_ people: [Recipient]) -> String {
        (head + recipients(of: people).map(entry)).map(\.text).joined()
    }

    /// The settings of a server for the people. Everybody may read, but of Exchange: see `Exchange55View`.
    public func configuration(_ people: [Recipient]) -> SlapdConfiguration {
        switch self {
        case .exchange55: return Exchange55View.configuration(suffix: suffix, content: [.text(ldif(people))])
        case .activeDirectory:
            var configuration = SlapdConfiguration(suffix: suffix, content: ldif(people))
            configuration.schemas.append(.text(String(decoding: PackageResources.active_directory_schema, as: UTF8.self)))
            return configuration
        case .inetOrgPerson: return SlapdConfiguration(suffix: suffix, content: ldif(people))
        }
    }

    private var head: [LDIFEntry] {
        switch self {
        case .exchange55: Exchange55View.head(organization: SamplePeople.organization, site: SamplePeople.site)
        case .activeDirectory:
            [
                LDIFEntry(suffix, classes: ["domain"], [("dc", "larkspur")]),
                LDIFEntry("OU=People,\(suffix)", classes: ["organizationalUnit"], [("ou", "People")]),
            ]
        case .inetOrgPerson:
            [
                LDIFEntry(suffix, classes: ["organization"], [("o", "Larkspur")]),
                LDIFEntry("ou=people,\(suffix)", classes: ["organizationalUnit"], [("ou", "people")]),
            ]
        }
    }

    private func dn(_ person: Recipient) -> String {
        switch self {
        case .exchange55: "cn=\(person.directoryName),cn=Recipients,ou=\(SamplePeople.site),\(suffix)"
        // The Directory Name keeps two people of one name apart.
        case .activeDirectory: "CN=\(DistinguishedName.escape(activeDirectoryName(person))),OU=People,\(suffix)"
        case .inetOrgPerson: "cn=\(person.directoryName),ou=people,\(suffix)"
        }
    }

    private func activeDirectoryName(_ person: Recipient) -> String { "\(person.displayName) \(person.directoryName)" }

    private func entry(_ person: Recipient) -> LDIFEntry {
        switch self {
        case .exchange55: Exchange55View.entry(person)
        case .activeDirectory: activeDirectoryEntry(person)
        case .inetOrgPerson: inetOrgPersonEntry(person)
        }
    }

    private func activeDirectoryEntry(_ person: Recipient) -> LDIFEntry {
        let organization = "/o=\(SamplePeople.organization)/ou=\(SamplePeople.site)"
        var attributes: [(name: String, value: String)] = [
            ("cn", activeDirectoryName(person)), ("displayName", person.displayName), ("mailNickname", person.alias),
            ("mail", person.addresses.first { $0.type == "SMTP" }?.value ?? ""),
            ("legacyExchangeDN", "\(organization)/cn=Recipients/cn=\(person.directoryName)"),
            ("msExchHideFromAddressLists", person.isHidden ? "TRUE" : ""),
        ]
        attributes += person.addresses.map { ("proxyAddresses", "\($0)") }
        let names = [("sn", person.surname), ("givenName", person.givenName), ("initials", person.initials)]
        switch person.kind {
        case .mailbox, .account:
            attributes += names
            attributes += [
                ("sAMAccountName", person.directoryName), ("department", person.department),
                ("msExchHomeServerName", "\(organization)/cn=Configuration/cn=Servers/cn=\(person.homeServer)"),
            ]
            return LDIFEntry(person.dn, classes: ["top", "person", "organizationalPerson", "user"], attributes)
        case .customRecipient:
            attributes += names + [("targetAddress", person.addresses.first.map { "\($0)" } ?? "")]
            return LDIFEntry(person.dn, classes: ["top", "person", "organizationalPerson", "contact"], attributes)
        case .distributionList: return LDIFEntry(person.dn, classes: ["top", "group"], attributes + [("groupType", "2")])
        case .publicFolder: return LDIFEntry(person.dn, classes: ["top", "publicFolder"], attributes)
        }
    }

    private func inetOrgPersonEntry(_ person: Recipient) -> LDIFEntry {
        guard person.kind == .mailbox else {
            let attributes = [("cn", person.directoryName), ("cn", person.displayName), ("member", suffix)]
            return LDIFEntry(person.dn, classes: ["groupOfNames"], attributes)
        }
        var attributes = [
            ("cn", person.directoryName), ("displayName", person.displayName), ("uid", person.alias), ("sn", person.surname),
            ("givenName", person.givenName), ("initials", person.initials), ("departmentNumber", person.department),
        ]
        attributes += person.addresses.map { ("mail", $0.value) }
        return LDIFEntry(person.dn, classes: ["inetOrgPerson"], attributes)
    }
}

extension Recipient {
    /// The same with another DN and other addresses.
    fileprivate func with(dn: String, addresses: [MailAddress]) -> Recipient {
        Recipient(
            dn: dn, kind: kind, directoryName: directoryName, alias: alias, displayName: displayName, givenName: givenName,
            surname: surname, initials: initials, addresses: addresses, department: department, homeServer: homeServer, key: key, id: id,
            isHidden: isHidden, isDeleted: isDeleted)
    }
}
