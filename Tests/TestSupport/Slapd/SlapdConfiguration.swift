/// What a private slapd is to be: schemas, databases with their contents, limits, rights, TLS.
///
/// The short form, `SlapdConfiguration(content: ldif)`, is an ordinary directory below `o=Test` that everybody may read.
/// Lines of `slapd.conf` may hold `$T`, which becomes the server's folder.
public struct SlapdConfiguration: Sendable {
    /// Where a piece of schema comes from.
    public enum Schema: Sendable {
        /// One of Debian's: `core`, `cosine`, `inetorgperson` …
        case packaged(String)
        /// The lines themselves.
        case text(String)
    }

    /// Entries to load before the start.
    public enum Content: Sendable {
        /// LDIF text.
        case text(String)
        /// An LDIF file.
        case file(String)
    }

    /// One database and what is in it.
    public struct Database: Sendable {
        /// The DN at its top.
        public var suffix: String
        /// Entries, loaded in this order.
        public var content: [Content]
        /// Loads with `slapadd -s`: entries that break the schema's rules, such as a `cn` without the RDN's value.
        public var skipsSchemaCheck = false
        /// What follows `limits`, such as `* size=100`. slapd's own default would be 500 entries.
        public var limits = ["* size=unlimited time=unlimited"]
        /// What follows `access`, in order.
        public var access: [String]
        /// What follows `index`.
        public var indexes = ["objectClass eq"]
        /// More lines, such as `overlay retcode` and what belongs to it.
        public var lines: [String] = []

        /// A database that everybody may read, unless told otherwise.
        public init(
            suffix: String, content: [Content] = [],
            access: [String] = ["to attrs=userPassword by anonymous auth by * none", "to * by * read"]
        ) {
            self.suffix = suffix
            self.content = content
            self.access = access
        }

        /// The name that may do anything, with the password `secret`.
        public var rootName: String { "cn=root,\(suffix)" }
    }

    /// Schemas, in order.
    public var schemas: [Schema] = [.packaged("core"), .packaged("cosine"), .packaged("inetorgperson")]
    /// Modules beside `back_mdb`, such as `retcode` or `syncprov`.
    public var modules: [String] = []
    /// Lines before the first database.
    public var lines: [String] = []
    /// The databases; the first is the one that tests mean by default.
    public var databases: [Database]
    /// The certificate that the server shows for `ldaps` and StartTLS; `nil` for a server without TLS.
    public var certificate: TestPKI.Certificate?

    /// The host's name in what SASL says.
    public var saslHost = "localhost"
    /// Variables of the server's environment.
    public var environment: [String: String] = [:]

    /// An ordinary directory with one database.
    public init(suffix: String = "o=Test", content: String? = nil) {
        databases = [Database(suffix: suffix, content: content.map { [.text($0)] } ?? [])]
    }

    /// A directory with these databases.
    public init(databases: [Database]) {
        self.databases = databases
    }

    /// The first database.
    public var database: Database {
        get { databases[0] }
        set { databases[0] = newValue }
    }
}
