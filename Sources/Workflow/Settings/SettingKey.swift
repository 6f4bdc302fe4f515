internal import StrictYAML

/// Every setting by its one name: `--NAME` on the command line, `LDAP_RECONCILE_NAME` in the environment, `NAME:` in the configuration file.
public enum SettingKey: String, Sendable, CaseIterable {
    case directory, base, profile, filter, attribute
    case login
    case bindName = "bind-name"
    case passwordFile = "password-file"
    case askPassword = "ask-password"
    case keytab
    case startTLS = "start-tls"
    case caFile = "ca-file"
    case caFolder = "ca-folder"
    case certificateCheck = "certificate-check"
    case pinnedKey = "pinned-key"
    case tlsMinimum = "tls-minimum"
    case clientCertificate = "client-certificate"
    case clientKey = "client-key"
    case connectTimeout = "connect-timeout"
    case responseTimeout = "response-timeout"
    case serverTimeout = "server-timeout"
    case totalTimeout = "total-timeout"
    case retries
    case nameServer = "name-server"
    case pageSize = "page-size"
    case connections
    case verifyRead = "verify-read"
    case showDeleted = "show-deleted"
    case followReferences = "follow-references"
    case canary
    case expectedMailboxes = "expected-mailboxes"
    case largestShrink = "largest-shrink"
    case snapshot
    case fullReadEvery = "full-read-every"
    case fileKind = "file-kind"
    case encoding, separator, quote
    case lineEnds = "line-ends"
    case postoffice, map, nicknames, exclude, home, mode, blank
    case keepDisplayName = "keep-display-name"
    case container
    case maxError = "max-error"
    case homeServer = "home-server"
    case target
    case keyColumn = "key-column"
    case keyPattern = "key-pattern"
    case keyAttribute = "key-attribute"
    case check, all, events
    case output, replace, diff, rejects
    case onlyCertain = "only-certain"
    case splitByContainer = "split-by-container"
    case controlFile = "control-file"
    case addressImport = "address-import"
    case operational, ldif
    case json, quiet, verbose
    case noProgress = "no-progress"

    /// The variable of the environment: `LDAP_RECONCILE_BIND_NAME`.
    public var variable: String { "LDAP_RECONCILE_" + rawValue.uppercased().map { $0 == "-" ? "_" : String($0) }.joined() }

    /// Whether several values make sense.
    public var isList: Bool { [.directory, .attribute, .followReferences, .canary, .exclude, .home, .blank].contains(self) }

    /// Whether a plan keeps the setting for `apply`: all that leads to the same directory and the same cells.
    var isRemembered: Bool {
        switch self {
        case .json, .quiet, .verbose, .noProgress, .passwordFile, .keytab, .certificateCheck, .clientCertificate, .clientKey, .snapshot,
            .fullReadEvery, .check, .all, .events, .output, .replace, .diff, .rejects, .onlyCertain,
            .splitByContainer, .controlFile, .addressImport, .operational, .ldif:
            false
        default: true
        }
    }

    /// Whether the setting is only on or off.
    public var isFlag: Bool {
        switch self {
        case .askPassword, .startTLS, .verifyRead, .showDeleted, .keepDisplayName, .check, .all, .replace, .diff, .onlyCertain,
            .splitByContainer,
            .operational, .ldif, .json, .quiet, .verbose, .noProgress:
            true
        default: false
        }
    }
}

/// What one layer (flags, environment, file) says: texts by key, each with where it was said.
public struct SettingLayer: Sendable {
    /// The texts of one key.
    struct Entry: Sendable {
        var texts: [String]
        var origin: String
        /// Where each of several texts was said; empty when they were said together.
        var origins: [String] = []
        /// Said by a plan, so weaker than anything that this run was told.
        var isRemembered = false
    }

    fileprivate(set) var entries: [SettingKey: Entry] = [:]

    /// A layer that says nothing.
    public init() {}

    /// Says something; `origin` is for messages: `--base`, `conf.yaml:3:7: base`. `origins`: the same for each text, where they have places of
    /// their own.
    public mutating func set(_ key: SettingKey, _ texts: [String], origin: String, origins: [String] = []) {
        entries[key] = Entry(texts: texts, origin: origin, origins: origins)
    }

    /// What a plan's header remembers of the run that made it.
    ///
    /// A plan is a file that others may have touched: it may not name a password's file, nor turn off the check of certificates.
    static func remembered(_ settings: [String: String], by plan: String) -> SettingLayer {
        var layer = SettingLayer()
        for (name, text) in settings {
            guard let key = SettingKey(rawValue: name), key.isRemembered else { continue }
            layer.entries[key] = Entry(texts: text.split(separator: "\n").map(String.init), origin: "\(plan): \(name)", isRemembered: true)
        }
        return layer
    }

    /// What the environment says.
    ///
    /// A variable that begins like ours but names no setting is an error, so that a misspelt one is not ignored; `LDAP_RECONCILE_PASSWORD` and
    /// `LDAP_RECONCILE_CONFIG` are read elsewhere.
    public static func environment(_ variables: [String: String]) throws(Failure) -> SettingLayer {
        var layer = SettingLayer()
        let others = ["LDAP_RECONCILE_CONFIG", "LDAP_RECONCILE_PASSWORD"]
        let known = Dictionary(uniqueKeysWithValues: SettingKey.allCases.map { ($0.variable, $0) })
        for (name, value) in variables.sorted(by: { $0.key < $1.key }) where name.hasPrefix("LDAP_RECONCILE_") {
            if others.contains(name) { continue }
            guard let key = known[name] else {
                let names = (known.keys + others).sorted()
                let hint =
                    WordSuggestion.nearest(to: name, among: names).map { "; did you mean \($0)?" }
                    ?? ". Known: \(names.joined(separator: ", "))."
                throw Failure(.configuration, "environment: unknown variable \(name)\(hint)")
            }
            let texts =
                key.isList
                ? value.split(whereSeparator: { $0 == "\n" || ($0 == " " && (key == .directory || key == .followReferences)) }).map(
                    String.init) : [value]
            layer.set(key, texts, origin: name)
        }
        return layer
    }
}
