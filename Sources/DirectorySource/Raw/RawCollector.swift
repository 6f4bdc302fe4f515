internal import LDAPClient
internal import Records

/// Gathers the values of one entry by attribute, in order.
struct RawCollector {
    private(set) var attributes: [RawEntry.Attribute] = []
    private let schemaNames: [String: String]

    init(_ profile: DirectoryProfile) { schemaNames = profile.schemaNames }

    mutating func add(_ attribute: Span<UInt8>, _ value: Span<UInt8>) {
        let name = attribute.text ?? "?"
        let octets = value.withUnsafeBufferPointer { [UInt8]($0) }
        // From the end: as a rule the values of an attribute follow one another.
        if let place = attributes.lastIndex(where: { $0.name.equalsWithoutCase(name) }) {
            attributes[place].values.append(octets)
        } else {
            attributes.append(RawEntry.Attribute(name: name, schemaName: schemaNames[name.withoutOptions.lowercased()], values: [octets]))
        }
    }
}

extension String {
    /// An attribute description's type, without options such as `;binary` (RFC 4512, section 2.5).
    var withoutOptions: Substring { prefix { $0 != ";" } }
}

extension DirectoryProfile {
    /// What Active Directory makes up when it is asked for by name, and in a search of any scope ([MS-ADTS] 3.1.1.4.5).
    static let constructed = [
        "canonicalName", "createTimeStamp", "modifyTimeStamp", "structuralObjectClass", "subSchemaSubEntry", "parentGUID",
        "primaryGroupToken", "msDS-PrincipalName", "msDS-User-Account-Control-Computed", "msDS-UserPasswordExpiryTimeComputed",
        "msDS-KeyVersionNumber",
    ]

    /// What to ask for to see everything of an entry, or everything but what the server keeps for itself.
    ///
    /// What the profile reads is named, for Exchange 5.5 gives some of that (Home-MDB) only to those who name it; the id is not, which other
    /// servers keep for themselves. `+` came with RFC 3673, after Exchange 5.5: there, operational attributes are those known by a schema name.
    /// Active Directory does not know it either.
    func rawAttributes(operational: Bool, isActiveDirectory: Bool) -> [String] {
        if operational {
            let named = schemaNames.keys.sorted() + (isActiveDirectory ? Self.constructed : [])
            return ["*", "+"] + attributes + named.filter { name in !attributes.contains { $0.equalsWithoutCase(name) } }
        }
        return ["*"] + attributes.filter { !id.contains($0) }
    }

    /// A filter for every recipient that `name` may mean: alias, directory name, display name, or an address with or without its type.
    func filter(naming name: String) -> String {
        let value = FilterText.escape(name)
        let typed = Self.typedAddress(name)
        var tests = (alias + displayName + [directoryNameCheck].compactMap { $0 }).map { "(\($0)=\(value))" }
        if directoryName == .leafOfDN { tests += ["(cn:dn:=\(value))"] }
        // Who has no legacy DN has the first part of the DN as Directory Name.
        if directoryName == .leafOfLegacyDN { tests.append("(cn=\(value))") }
        if let legacyDN { tests.append("(\(legacyDN)=*/cn=\(value))") }
        for source in addresses {
            tests.append("(\(source.attribute)=\(value))")
            if let separator = source.separator.map({ FilterText.escape(String($0)) }) {
                tests.append("(\(source.attribute)=*\(separator)\(value))")
                if let typed {
                    tests.append("(\(source.attribute)=\(FilterText.escape(typed.type))\(separator)\(FilterText.escape(typed.value)))")
                }
            } else if let typed, typed.type.equalsWithoutCase(source.type) {
                tests.append("(\(source.attribute)=\(FilterText.escape(typed.value)))")
            }
        }
        return "(|\(tests.joined()))"
    }

    /// Whether a recipient is one that `name` may mean. `filter(naming:)` lets through all of these, and some more: `cn:dn:` also the entries
    /// below a container of that name.
    func means(_ name: String, _ recipient: Recipient) -> Bool {
        guard !name.isEmpty else { return false }
        if [recipient.alias, recipient.directoryName, recipient.displayName].contains(where: { $0.equalsWithoutCase(name) }) {
            return true
        }
        let typed = Self.typedAddress(name)
        let end = ":" + name.lowercased()
        return recipient.addresses.contains { address in
            (":" + address.value.lowercased()).hasSuffix(end)
                || typed.map { $0.type == address.type && $0.value.equalsWithoutCase(address.value) } ?? false
        }
    }

    /// `MS:NET/PO/USER` or `MS$NET/PO/USER` in its parts; `nil` for a name that is no address with its type.
    private static func typedAddress(_ name: String) -> MailAddress? {
        name.first { $0 == ":" || $0 == "$" }.flatMap { MailAddress(name, separator: $0) }
    }
}
