/// A kind of migration file: how its header is known, which columns say what, what is written, and what is secret.
///
/// The shipped ones are `config/files/*.yaml`; see `ListKindReader` for the file's form.
public struct ListKind: Sendable, Equatable {
    /// What a column may say. The raw values are the names in the YAML file.
    public enum Field: String, Sendable, CaseIterable {
        /// The name of the mailbox that is migrated.
        case mailboxName
        /// Whose it is.
        case fullName
        /// Y or N: whether the row is to be migrated at all.
        case migrate
        /// Mailbox, or another class, which is left alone.
        case objectClass
        /// Create, Modify, Update, Delete or nothing.
        case mode
        /// The Directory Name that the row points at.
        case commonName
        /// The name in the address book.
        case displayName
        case givenName, surname
        /// The NT account.
        case account
        /// Addresses, `TYPE:value`, several of them separated.
        case addresses
        /// One address, without a type.
        case mail
    }

    /// What a cell of a certain row gets.
    public enum Source: String, Sendable, CaseIterable {
        /// What of the mailbox: its Directory Name, alias, name in the address book, primary SMTP address or DN.
        case directoryName, alias, displayName, mail, dn
        /// What `--mode` says.
        case mode
        /// The Mode that changes what is there and makes nothing.
        case modify
    }

    /// Which importer's rules the forecast goes by.
    public enum Importer: String, Sendable, CaseIterable {
        /// The Migration Wizard's.
        case wizard
        /// None that is known.
        case none
    }

    /// One cell that a correction writes.
    public struct Write: Sendable, Equatable {
        /// The column.
        public var field: Field
        /// With what.
        public var source: Source
    }

    /// The name by which it is chosen.
    public var name: String
    /// What it is, in words.
    public var title: String
    /// Whose rules the forecast goes by.
    public var importer: Importer
    /// The first cell of the header.
    public var headerStart: String
    /// How many lines may stand before the header.
    public var preambleLimit: Int
    /// The names of the columns that must come first.
    public var leading: [String]
    /// The names that the column of each field may have, the usual one first.
    public var columns: [Field: [String]]
    /// The fields whose columns must be there.
    public var required: [Field]
    /// Of what a full name is put together where no column has one.
    public var fullNameParts: [Field]
    /// What a certain row gets, in order.
    public var writes: [Write]
    /// The columns that are never shown, by name in lower case.
    public var secretColumns: Set<String>

    /// The usual name of a field's column.
    func name(of field: Field) -> String { columns[field]?.first ?? field.rawValue }

    /// Whether a column of this name is secret.
    func isSecret(_ column: String) -> Bool { secretColumns.contains(column.trimmed.lowercased()) }

    /// The names, in lower case, of the columns that every row needs or that a correction writes.
    var neededNames: Set<String> {
        Set((required + writes.map(\.field)).flatMap { columns[$0] ?? [] }.map { $0.lowercased() }).union(leading.map { $0.lowercased() })
    }
}
