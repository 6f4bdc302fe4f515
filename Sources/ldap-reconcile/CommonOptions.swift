internal import ArgumentParser
internal import Workflow

extension SettingLayer {
    /// What an option says; nothing when it was not given.
    mutating func set(_ key: SettingKey, to text: String?) {
        if let text { set(key, [text], origin: "--\(key.rawValue)") }
    }

    /// What an option says that switches something on; nothing when it was not given.
    mutating func set(_ key: SettingKey, to isOn: Bool) {
        if isOn { set(key, ["true"], origin: "--\(key.rawValue)") }
    }
}

/// How to show things: for every command.
struct OutputOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Configuration file (YAML). Every other option can stand in it by its long name.", valueName: "file"))
    var config: String?
    @Flag(help: "Write JSON to stdout.")
    var json = false
    @Flag(help: "Write nothing but errors.")
    var quiet = false
    @Flag(name: [.short, .long], help: "Say more on stderr.")
    var verbose = false
    @Flag(help: "Show no progress, not even on a terminal.")
    var noProgress = false

    func add(to layer: inout SettingLayer) {
        for (key, isOn) in [(SettingKey.json, json), (.quiet, quiet), (.verbose, verbose), (.noProgress, noProgress)] where isOn {
            layer.set(key, ["true"], origin: "--\(key.rawValue)")
        }
    }
}

/// Which directory, as whom, how protected, how long: for every command that reads one.
struct DirectoryOptions: ParsableArguments {
    @Option(help: .hidden)
    var password: String?
    @Option(
        help: ArgumentHelp(
            "ldap://HOST[:PORT], ldaps://…, ldapi://%2FSOCKET, srv:DOMAIN (its _ldap._tcp records), or ldif:FILE. Repeat for fail-over, in order.",
            valueName: "uri"))
    var directory: [String] = []
    @Option(help: ArgumentHelp("Where to read. Default: the server's naming context.", valueName: "dn"))
    var base: String?
    @Option(
        help: ArgumentHelp(
            "exchange50, exchange55, active-directory, inetorgperson, a .yaml file, or auto. Default: auto.", valueName: "name"))
    var profile: String?
    @Option(help: ArgumentHelp("Which entries to read, in place of the profile's filter (RFC 4515).", valueName: "filter"))
    var filter: String?
    @Option(
        help: ArgumentHelp("Take a name from another attribute, such as alias=mailNickname. Repeat as needed.", valueName: "name=attribute")
    )
    var attribute: [String] = []
    @Option(
        help: ArgumentHelp(
            "How to log in: simple (default with --bind-name), anonymous (default without), external, gssapi or scram-sha-256.",
            valueName: "method"))
    var login: String?
    @Option(
        help: ArgumentHelp(
            "Log in with this name. Default: anonymous. Exchange 5.5: cn=USER,cn=DOMAIN,cn=admin, else hidden mailboxes do not show.",
            valueName: "name"))
    var bindName: String?
    @Option(help: ArgumentHelp("The password is the file's first line; only its owner may be able to read it.", valueName: "file"))
    var passwordFile: String?
    @Flag(help: "Ask for the password. (Or set LDAP_RECONCILE_PASSWORD.)")
    var askPassword = false
    @Option(help: ArgumentHelp("Kerberos client keytab for --login gssapi. Default: the tickets of kinit.", valueName: "file"))
    var keytab: String?
    @Flag(name: .customLong("start-tls"), help: "Turn a plain connection into TLS before anything else is said.")
    var startTLS = false
    @Option(help: ArgumentHelp("CA certificates (PEM) to trust. Default: the system's.", valueName: "file"))
    var caFile: String?
    @Option(help: ArgumentHelp("Folder of such files.", valueName: "folder"))
    var caFolder: String?
    @Option(help: ArgumentHelp("'required' (default), or 'off: REASON'; every report repeats the reason.", valueName: "check"))
    var certificateCheck: String?
    @Option(help: ArgumentHelp("The server's public key must be this one, whatever else is checked.", valueName: "sha256:hash"))
    var pinnedKey: String?
    @Option(help: ArgumentHelp("Oldest TLS version to speak: 1.2 (default) or 1.3.", valueName: "version"))
    var tlsMinimum: String?
    @Option(help: ArgumentHelp("Our own certificate (PEM), for servers that ask for one.", valueName: "file"))
    var clientCertificate: String?
    @Option(help: ArgumentHelp("Its private key (PEM, without a password). Default: in the same file.", valueName: "file"))
    var clientKey: String?
    @Option(help: ArgumentHelp("For the connection and the TLS handshake. Default: 10s.", valueName: "time"))
    var connectTimeout: String?
    @Option(help: ArgumentHelp("For the server's next message. Default: 60s.", valueName: "time"))
    var responseTimeout: String?
    @Option(help: ArgumentHelp("For one try of one server. Default: 30m.", valueName: "time"))
    var serverTimeout: String?
    @Option(help: ArgumentHelp("For everything: all servers and tries. Default: 30m.", valueName: "time"))
    var totalTimeout: String?
    @Option(help: ArgumentHelp("How often to try all servers again when none answered, after a pause. Default: 1.", valueName: "count"))
    var retries: String?
    @Option(help: ArgumentHelp("Name server to ask for srv:DOMAIN (IPv4). Default: the machine's.", valueName: "address"))
    var nameServer: String?
    @Option(
        help: ArgumentHelp(
            "Entries in every page; 0 reads without paging. Default: where the server offers paging, 1000 and then more.",
            valueName: "count"))
    var pageSize: String?
    @Option(
        help: ArgumentHelp(
            "Connections that read different containers at the same time, where the server can prove that none was left out. Default: 1.",
            valueName: "count"))
    var connections: String?
    @Flag(help: "Read the names of all entries twice: shows entries lost or doubled on an unprotected connection.")
    var verifyRead = false
    @Flag(help: "Ask for deleted entries, too, which Active Directory shows only then; they are counted, and raw finds them.")
    var showDeleted = false
    @Option(help: ArgumentHelp("Follow references to this server. Repeat as needed. Default: none is followed.", valueName: "host[:port]"))
    var followReferences: [String] = []
    @Option(
        help: ArgumentHelp(
            "A mailbox known to be there (DN, alias, directory name or address); when it is missing, nothing is decided. Repeat as needed.",
            valueName: "name"))
    var canary: [String] = []
    @Option(help: ArgumentHelp("How many mailboxes there were the last time; with far fewer, nothing is decided.", valueName: "count"))
    var expectedMailboxes: String?
    @Option(help: ArgumentHelp("How much fewer than --expected-mailboxes there may be. Default: 5%.", valueName: "percent"))
    var largestShrink: String?

    /// Others on the machine see the command line, and a shell keeps it.
    func validate() throws {
        guard password == nil else {
            throw ValidationError(
                "A password does not belong on a command line, where others see it: give --password-file FILE, --ask-password, or the variable LDAP_RECONCILE_PASSWORD."
            )
        }
    }

    func add(to layer: inout SettingLayer) {
        if !directory.isEmpty { layer.set(.directory, directory, origin: "--directory") }
        if !followReferences.isEmpty { layer.set(.followReferences, followReferences, origin: "--follow-references") }
        if !canary.isEmpty { layer.set(.canary, canary, origin: "--canary") }
        if showDeleted { layer.set(.showDeleted, ["true"], origin: "--show-deleted") }
        if verifyRead { layer.set(.verifyRead, ["true"], origin: "--verify-read") }
        if !attribute.isEmpty { layer.set(.attribute, attribute, origin: "--attribute") }
        let texts: [(SettingKey, String?)] = [
            (.base, base), (.profile, profile), (.filter, filter), (.login, login), (.bindName, bindName), (.passwordFile, passwordFile),
            (.keytab, keytab), (.caFile, caFile), (.caFolder, caFolder), (.certificateCheck, certificateCheck), (.pinnedKey, pinnedKey),
            (.tlsMinimum, tlsMinimum), (.clientCertificate, clientCertificate), (.clientKey, clientKey), (.connectTimeout, connectTimeout),
            (.responseTimeout, responseTimeout),
            (.serverTimeout, serverTimeout), (.totalTimeout, totalTimeout), (.retries, retries), (.nameServer, nameServer),
            (.pageSize, pageSize), (.connections, connections), (.expectedMailboxes, expectedMailboxes), (.largestShrink, largestShrink),
        ]
        for case (let key, let text?) in texts { layer.set(key, [text], origin: "--\(key.rawValue)") }
        if askPassword { layer.set(.askPassword, ["true"], origin: "--ask-password") }
        if startTLS { layer.set(.startTLS, ["true"], origin: "--start-tls") }
    }
}

/// Where a read is kept for the next run: for the commands that read everything.
struct SnapshotOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Keep what was read in this file; where it fits, the next run reads only what changed. Default: everything is read each time.",
            valueName: "file"))
    var snapshot: String?
    @Option(help: ArgumentHelp("Read everything again after this time, such as 12h or 7d. Default: 7d.", valueName: "time"))
    var fullReadEvery: String?

    func add(to layer: inout SettingLayer) {
        if let snapshot { layer.set(.snapshot, [snapshot], origin: "--snapshot") }
        if let fullReadEvery { layer.set(.fullReadEvery, [fullReadEvery], origin: "--full-read-every") }
    }
}

/// How to read migration files.
struct FileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The files' code page, such as windows-1252, 850 or UTF-8. Default: auto.", valueName: "name"))
    var encoding: String?
    @Option(
        help: ArgumentHelp(
            "What stands between cells: comma, semicolon, tab, bar, colon, blank, or the character itself. Default: auto.",
            valueName: "separator"))
    var separator: String?
    @Option(help: ArgumentHelp("What stands round cells: \", ' or none. Default: auto.", valueName: "quote"))
    var quote: String?
    @Option(help: ArgumentHelp("What ends a line: crlf, lf or cr; the others are then part of a cell. Default: auto.", valueName: "ends"))
    var lineEnds: String?
    @Option(
        help: ArgumentHelp(
            "The MS Mail postoffice of rows that have no MIGRATE address of their own; 'preamble' takes each file's own.",
            valueName: "net/po"))
    var postoffice: String?
    @Option(help: ArgumentHelp("Column with a unique key, such as an employee number; needs --key-attribute.", valueName: "name"))
    var keyColumn: String?
    @Option(help: ArgumentHelp("Regular expression for the key within the cell; its first group counts.", valueName: "regex"))
    var keyPattern: String?
    @Option(help: ArgumentHelp("The directory's attribute with the same unique key.", valueName: "name"))
    var keyAttribute: String?

    @Option(
        help: ArgumentHelp(
            "The kind of file: auto (by its header), msmail-user-list, exchange-directory-import, exchange-online-imap, or a YAML file with a kind of your own.",
            valueName: "kind"))
    var fileKind: String?

    func add(to layer: inout SettingLayer) {
        let texts: [(SettingKey, String?)] = [
            (.fileKind, fileKind), (.encoding, encoding), (.separator, separator), (.quote, quote), (.lineEnds, lineEnds),
            (.postoffice, postoffice),
            (.keyColumn, keyColumn), (.keyPattern, keyPattern),
            (.keyAttribute, keyAttribute),
        ]
        for case (let key, let text?) in texts { layer.set(key, [text], origin: "--\(key.rawValue)") }
    }
}

/// What the site knows: for the commands that count by it.
struct SiteOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Given names used for each other here: a name and its usual forms on each line.", valueName: "file"))
    var nicknames: String?
    @Option(
        help: ArgumentHelp(
            "An entry that is nobody's mailbox, or a container of such. Repeat as needed.", valueName: "dn"))
    var exclude: [String] = []
    @Option(
        help: ArgumentHelp(
            "The container in which a postoffice's people live, in place of what the rows show. Repeat as needed.", valueName: "net/po=dn"))
    var home: [String] = []

    func add(to layer: inout SettingLayer) {
        layer.set(.nicknames, to: nicknames)
        for (key, texts) in [(SettingKey.exclude, exclude), (.home, home)] where !texts.isEmpty {
            layer.set(key, texts, origin: "--\(key.rawValue)")
        }
    }
}

/// What shapes the decisions.
struct DecisionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "CSV of explicit pairs: mailbox name (or NET/PO/NAME), and DN, alias, directory name or address.", valueName: "file"))
    var map: String?
    @Option(
        help: ArgumentHelp(
            "What a corrected row's Mode becomes: blank (the article; creates what is missing) or modify (cannot create).",
            valueName: "mode"))
    var mode: String?
    @Flag(help: "Blank Display-Name on corrected rows, so that the import leaves the mailbox's name in the address book alone.")
    var keepDisplayName = false
    @Option(help: ArgumentHelp("Another column to blank on corrected rows. Repeat as needed.", valueName: "column"))
    var blank: [String] = []
    @Option(help: ArgumentHelp("The container that the run imports into; mailboxes elsewhere wait for a person.", valueName: "dn"))
    var container: String?
    @Option(help: ArgumentHelp("The home server that the run imports to; mailboxes elsewhere wait for a person.", valueName: "name"))
    var homeServer: String?
    @Option(
        help: ArgumentHelp(
            "Whose Migration Wizard imports the file, for the forecast: exchange50, exchange55 or exchange2000. Default: what goes with the directory.",
            valueName: "exchange"))
    var target: String?
    @Option(
        help: ArgumentHelp(
            "How likely a decision by names may be wrong, 0 to 1; above that the row waits for a person. Default: 0.0005.",
            valueName: "share"))
    var maxError: String?

    func add(to layer: inout SettingLayer) {
        let texts: [(SettingKey, String?)] = [
            (.map, map), (.mode, mode), (.container, container), (.homeServer, homeServer), (.target, target),
            (.maxError, maxError),
        ]
        for case (let key, let text?) in texts { layer.set(key, [text], origin: "--\(key.rawValue)") }
        layer.set(.keepDisplayName, to: keepDisplayName)
        if !blank.isEmpty { layer.set(.blank, blank, origin: "--blank") }
    }
}
