public import Records

/// How the entries of one kind of directory are read: which attribute is the alias, what makes an entry a mailbox.
///
/// The shipped ones are `config/profiles/*.yaml`; see `ProfileReader` for the file's form.
public struct DirectoryProfile: Sendable, Equatable {
    /// Where the Directory Name comes from.
    public enum DirectoryNameRule: String, Sendable, CaseIterable {
        /// The value of the DN's first part (Exchange 5.5, inetOrgPerson).
        case leafOfDN = "leaf-of-dn"
        /// What follows the last `cn=` of a legacy DN; without one, the value of the DN's first part (Active Directory).
        case leafOfLegacyDN = "leaf-of-legacy-dn"
    }

    /// An attribute that holds addresses.
    public struct AddressSource: Sendable, Equatable {
        /// The attribute's name.
        public var attribute: String
        /// What stands between type and address in each value; `nil` when the values carry no type.
        public var separator: Character?
        /// The type of values that carry none.
        public var type: String
    }

    /// One line of the list that says what an entry is.
    public struct KindRule: Sendable, Equatable {
        /// What the entry is when all conditions hold; `nil` (in the file: `none`) for one that is not a recipient.
        public var kind: RecipientKind?
        /// One of these classes; empty means any.
        public var objectClasses: [String]
        /// An attribute that must be there; empty means none.
        public var has: String
        /// Attributes that must have these values, compared without case.
        public var values: [String: String]
    }

    /// The name by which it is chosen.
    public var name: String
    /// What it is for, in words.
    public var title: String
    /// What a report says of every read as long as `kinds` are the profile's own; empty for nothing.
    public var kindsRemark = ""
    /// The same as the remarks that it makes.
    var remarks: [String] { kindsRemark.isEmpty ? [] : [kindsRemark] }
    /// Which entries are read (RFC 4515).
    public var filter: String
    /// A filter that only entries of this kind of directory match; `nil` when `auto` must never take this profile.
    public var signature: String?
    /// Where the Directory Name comes from.
    public var directoryName: DirectoryNameRule
    /// An attribute that must say the same Directory Name; `nil` for no such check.
    public var directoryNameCheck: String?
    /// The attribute with the legacy DN; used by `.leafOfLegacyDN`.
    public var legacyDN: String?
    /// Attributes for the alias, the first that has a value counts. The same for the others.
    public var alias: [String]
    /// Attributes for the name in the address book.
    public var displayName: [String]
    /// Attributes for the first name.
    public var givenName: [String]
    /// Attributes for the last name.
    public var surname: [String]
    /// Attributes for the initials.
    public var initials: [String]
    /// Attributes for the department. Empty: none is read.
    public var department: [String]
    /// Attributes for the home server: a DN or legacy DN with `cn=Servers` in it, or a plain name.
    public var homeServer: [String]
    /// Attributes for "hidden from the address book".
    public var hidden: [String]
    /// Attributes for "deleted".
    public var deleted: [String]
    /// Attributes for the immutable id.
    public var id: [String]
    /// Attributes for the unique key that rows may carry too (employee number). Empty: no such key.
    public var key: [String]
    /// Whether a display name may be the same as the Directory Name. Where it may not, such a value is passed over.
    public var displayNameRepeatsDirectoryName: Bool
    /// What a bind name must end with for hidden mailboxes to be shown (Exchange 5.5: `,cn=admin`, KB Q185475); `nil` where any account sees them.
    public var adminViewSuffix: String?
    /// Whether the filter is the administrator's own, which may leave out mailboxes.
    public var hasOwnFilter = false
    /// Where the addresses stand, in order.
    public var addresses: [AddressSource]
    /// What an entry is: the first rule that fits. An entry that none fits is not a recipient.
    public var kinds: [KindRule]
    /// The server's own names of attributes where LDAP has others, as Exchange Administrator's raw mode shows them; keys in lower case.
    public var schemaNames: [String: String] = [:]

    /// By what entries are known again in a later read; `nil` when nobody wants to know.
    var tracking: Tracking?

    /// Every attribute that must be asked for, without repeats, in the order of the profile; what only tracking needs stands last.
    public var attributes: [String] {
        let own = ownAttributes
        let more = [tracking?.identity, tracking?.stamp].compactMap(\.self)
        return own + more.filter { name in !own.contains { $0.lowercased() == name.lowercased() } }
    }

    /// The same without what only tracking needs.
    var ownAttributes: [String] {
        var seen: Set<String> = []
        var all = ["objectClass"] + alias + displayName + givenName + surname + initials + department
        all += homeServer + hidden + deleted + id + key
        all += [directoryNameCheck, legacyDN].compactMap { $0 } + addresses.map(\.attribute)
        all += kinds.flatMap { rule in [rule.has] + rule.values.keys.sorted() }
        return all.filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
    }
}
