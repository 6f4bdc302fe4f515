internal import CSV
internal import DirectorySource
internal import LDAPClient
internal import MigrationFile
internal import Records
internal import Reporting
internal import StrictYAML

/// Everything that a run was told, checked and typed. Made once, at the start; what contradicts is said before anything is read.
struct Settings {
    /// A place where mailboxes come from.
    enum Place {
        case server(ServerAddress)
        /// The servers that the domain's name servers list.
        case domain(ServiceDomain)
        case ldif(path: String)
    }

    /// Fail-over order.
    var places: [Place]
    var base: String?
    var profile: ProfileChoice
    var login: Login
    /// The client keytab that tickets are fetched with; `nil` for those that are there.
    var keytab: String?
    var startTLS: Bool
    var tls: TLSSettings
    /// For one try of one server.
    var limits: TimeLimits
    /// For everything: all servers and tries.
    var totalTimeout: Duration
    /// How often all servers are tried again when none answered.
    var retries: Int
    var reading: ReadingOptions
    var expectations: ReadExpectations
    /// Where a read is kept for the next run; `nil` for nowhere.
    var snapshot: SnapshotChoice?
    /// The kind of the migration files; `nil` for the shipped one whose header a file has.
    var fileKind: ListKind?
    var encoding: String
    /// What was told of separator, quote and line ends.
    var dialect: DialectChoice
    var postoffice: Postoffice?
    /// Rows without an address of their own are in the postoffice that their file's preamble names.
    var takesPostofficeFromPreamble: Bool
    var map: String?
    /// What is known of the site.
    var site: SiteChoice
    var mode: ImportMode
    /// Columns of which corrected rows' cells become empty, and whether Display-Name is one where there is one.
    var blankedColumns: [String]
    var keepsDisplayName: Bool
    var container: String?
    var homeServer: String?
    /// Which importer reads the corrected file; `nil` for the one that goes with the directory.
    var target: ImportTarget?
    /// How likely a decision may be wrong, from 0 to 1; `nil` for what the reconciler takes.
    var maxError: Double?
    var keyColumn: String?
    var keyAttribute: String?
    var keyPattern: String?
    /// How a run ends whose key pattern turns out to be unusable.
    var keyPatternFault: ExitStatus
    /// What concerns one command only.
    var command: CommandChoice
    var json: Bool
    var quiet: Bool
    var verbose: Bool
    var showsProgress: Bool
    /// What was told, by key, for the plan's header.
    var told: [String: String]
    /// What was told on the command line that a plan does not remember and `apply` has to be given again, as it is typed.
    var toApply: [String]

    /// Reads flags, environment and configuration file, in this order of precedence.
    init(_ context: RunContext) throws(Failure) {
        let file = try ConfigurationFile(context)
        let values = try SettingValues(context, file)
        places = try Self.places(values)
        base = values.text(.base)
        profile = try Self.profile(values, file.profileChanges)
        keytab = values.text(.keytab)
        startTLS = try values.flag(.startTLS)
        tls = try TLSSettings(values)
        let standard = TimeLimits()
        limits = TimeLimits(
            connect: try values.duration(.connectTimeout, default: standard.connect),
            response: try values.duration(.responseTimeout, default: standard.response),
            total: try values.duration(.serverTimeout, default: standard.total))
        totalTimeout = try values.duration(.totalTimeout, default: standard.total)
        retries =
            try values.value(.retries, expected: "a number from 0 to 20") { Int($0).flatMap { (0...20).contains($0) ? $0 : nil } } ?? 1
        reading = try ReadingOptions(values)
        expectations = try ReadExpectations(values)
        snapshot = try SnapshotChoice(values, places)
        fileKind = try Self.fileKind(values)
        encoding = try Self.encoding(values)
        dialect = try DialectChoice(values)
        takesPostofficeFromPreamble = values.text(.postoffice) == "preamble"
        postoffice =
            takesPostofficeFromPreamble
            ? nil : try values.value(.postoffice, expected: "NETWORK/POSTOFFICE, such as CONTOSO/PO1, or preamble") { Postoffice($0) }
        try values.checkLength(postoffice, .postoffice)
        map = values.text(.map)
        site = try SiteChoice(values)
        mode =
            try values.value(.mode, expected: "blank or modify") { ["blank": ImportMode.blank, "modify": .modify][$0.lowercased()] }
            ?? .blank
        blankedColumns = try Self.blankedColumns(values, fileKind)
        keepsDisplayName = try values.flag(.keepDisplayName)
        container = try values.value(.container, expected: "a DN, such as cn=Recipients,ou=SITE,o=ORG") {
            DistinguishedName($0).isWellFormed ? $0 : nil
        }
        homeServer = values.text(.homeServer)
        target = try values.value(.target, expected: ImportTarget.allCases.map(\.rawValue).joined(separator: ", ")) {
            ImportTarget(rawValue: $0.lowercased())
        }
        maxError = try values.value(.maxError, expected: "a share from 0 to 1, such as 0.0001 (one decision in ten thousand)") {
            Double($0).flatMap { (0...1).contains($0) ? $0 : nil }
        }
        keyColumn = values.text(.keyColumn)
        keyAttribute = try values.value(.keyAttribute, expected: AttributeName.expected) { AttributeName.isPossible($0) ? $0 : nil }
        keyPattern = try values.value(.keyPattern, expected: "a regular expression in Swift's syntax") {
            (try? Regex<AnyRegexOutput>($0)) == nil ? nil : $0
        }
        keyPatternFault = values.status(ofFaultIn: .keyPattern)
        command = try CommandChoice(values)
        json = try values.flag(.json)
        quiet = try values.flag(.quiet)
        verbose = try values.flag(.verbose)
        showsProgress = try !values.flag(.noProgress) && !quiet
        told = try Self.told(values)
        if let path = ConfigurationFile.path(context) { told[Self.configurationKey] = path }
        toApply = Self.toApply(values, context)
        try Self.checkKey(values)
        try Self.checkPlaces(values, places, startTLS)
        try PromisedProtection.check(values, places, startTLS: startTLS)
        // Last: it may ask a person.
        login = try LoginChoice(values, context, places).login()
    }

    /// A code page's name, or `auto`.
    private static func encoding(_ values: SettingValues) throws(Failure) -> String {
        let name = values.text(.encoding) ?? "auto"
        if name.lowercased() == "auto" { return "auto" }
        do throws(CodePageError) { _ = try CodePage(named: name) } catch {
            throw values.problem(.encoding, "is '\(name)': \(error)")
        }
        return name
    }

    /// Why no certificate is checked, where there would be one to check; `nil` where it is checked, or no place has TLS.
    var certificateCheckOff: String? {
        guard case .off(let reason) = tls.certificateCheck, places.contains(where: { $0.protection(startTLS: startTLS) == .tls }) else {
            return nil
        }
        return reason
    }

    private static func places(_ values: SettingValues) throws(Failure) -> [Place] {
        var places: [Place] = []
        for (item, text) in values.texts(.directory).enumerated() {
            if text.hasPrefix("ldif:") {
                guard text.count > 5 else { throw values.problem(.directory, "'ldif:' names no file; give ldif:FILE", item: item) }
                places.append(.ldif(path: String(text.dropFirst(5))))
            } else if text.hasPrefix("srv:") {
                do throws(LDAPError) {
                    places.append(.domain(try ServiceDomain(String(text.dropFirst(4)), nameServer: values.text(.nameServer))))
                } catch { throw values.problem(.directory, error.description, item: item) }
            } else {
                do throws(LDAPError) { places.append(.server(try ServerAddress(text))) } catch {
                    throw values.problem(.directory, error.description, item: item)
                }
            }
        }
        return places
    }

    private static func profile(_ values: SettingValues, _ changes: YAMLMapping?) throws(Failure) -> ProfileChoice {
        do {
            var profiles = try chosenProfiles(values)
            for index in profiles.list.indices {
                if let changes { try ProfileReader.lay(changes, over: &profiles.list[index]) }
                if let filter = try filter(values) {
                    profiles.list[index].filter = filter
                    profiles.list[index].hasOwnFilter = true
                }
                try overrideAttributes(values, &profiles.list[index])
                if let key = values.text(.keyAttribute) { profiles.list[index].key = [key] }
            }
            return profiles.isAutomatic ? .automatic(profiles.list) : .profile(profiles.list[0])
        } catch { throw Failure(error) }
    }

    private static func filter(_ values: SettingValues) throws(Failure) -> String? {
        guard let text = values.text(.filter), let place = FilterText.fault(in: text) else { return values.text(.filter) }
        let trouble = place > text.count ? "something is missing at its end" : "it goes wrong at character \(place)"
        throw values.problem(
            .filter,
            "is '\(text)'; expected a filter as RFC 4515 writes it: (attribute=value), (&(…)(…)), (|(…)(…)) or (!(…)); \(trouble)")
    }

    private static func chosenProfiles(_ values: SettingValues) throws -> (list: [DirectoryProfile], isAutomatic: Bool) {
        let name = values.text(.profile) ?? "auto"
        if name == "auto" { return (try ProfileReader.shippedNames.compactMap { try ProfileReader.shipped($0) }, true) }
        if let shipped = try ProfileReader.shipped(name) { return ([shipped], false) }
        guard name.contains("/") || name.hasSuffix(".yaml") else {
            throw values.problem(
                .profile,
                "is '\(name)'; expected auto, \(ProfileReader.shippedNames.joined(separator: ", ")), or the path of a profile's .yaml file")
        }
        return ([try ProfileReader.profile(parsing: TextFile.text(name, what: "profile", failing: .configuration), file: name)], false)
    }

    /// `--attribute alias=mailNickname`, as often as needed.
    private static func overrideAttributes(_ values: SettingValues, _ profile: inout DirectoryProfile) throws {
        for (item, text) in values.texts(.attribute).enumerated() {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2 else {
                throw values.problem(.attribute, "is '\(text)'; expected NAME=ATTRIBUTE, such as alias=uid", item: item)
            }
            do throws(YAMLProblem) {
                let quoted = "'" + parts[1].split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
                try ProfileReader.lay(YAMLMapping(parsing: "attributes: {'\(parts[0])': \(quoted)}", file: "--attribute"), over: &profile)
            } catch { throw values.problem(.attribute, "is '\(text)': \(error.text)", item: item) }
        }
    }

    private static func checkKey(_ values: SettingValues) throws(Failure) {
        let hasColumn = values.text(.keyColumn) != nil
        guard hasColumn == (values.text(.keyAttribute) != nil) else {
            throw values.problem(
                hasColumn ? .keyColumn : .keyAttribute,
                "needs its partner: key-column names the file's column and key-attribute the directory's attribute")
        }
        guard hasColumn || values.text(.keyPattern) == nil else { throw values.problem(.keyPattern, "needs key-column and key-attribute") }
    }

    private static func checkPlaces(_ values: SettingValues, _ places: [Place], _ startTLS: Bool) throws(Failure) {
        for place in places {
            switch place {
            case .server(let address):
                guard startTLS, address.transport != .ldap else { continue }
                throw values.problem(
                    .startTLS, "does not go with \(address): StartTLS is for ldap:// only, ldaps:// has TLS from the start")
            case .domain(let domain):
                guard startTLS, domain.serviceName.lowercased().hasPrefix("_ldaps.") else { continue }
                throw values.problem(.startTLS, "does not go with \(domain): ldaps has TLS from the start")
            case .ldif:
                guard values.text(.filter) != nil else { continue }
                throw values.problem(.filter, "does not go with an LDIF file: nobody is there to evaluate it. Leave it out, or give --base")
            }
        }
    }

    /// A shipped kind of file, or one of the administrator's own, from a YAML file.
    private static func fileKind(_ values: SettingValues) throws(Failure) -> ListKind? {
        guard let name = values.text(.fileKind), name.lowercased() != "auto" else { return nil }
        do throws(YAMLProblem) {
            if let kind = try ListKindReader.shipped(name) { return kind }
        } catch { throw Failure(.internalError, "\(error)") }
        guard name.contains("/") || name.lowercased().hasSuffix(".yaml") || name.lowercased().hasSuffix(".yml") else {
            throw values.problem(
                .fileKind,
                "is '\(name)'; expected auto, \(ListKindReader.shippedNames.joined(separator: ", ")), or the path of a YAML file with a kind of your own"
            )
        }
        let text = try TextFile.text(name, what: "kind of file", failing: .configuration)
        do throws(YAMLProblem) { return try ListKindReader.kind(parsing: text, file: name) } catch {
            throw Failure(.configuration, "\(error).")
        }
    }

    /// Columns to be blanked; not those without which a row is none, nor the two that a correction writes.
    private static func blankedColumns(_ values: SettingValues, _ kind: ListKind?) throws(Failure) -> [String] {
        let needed = MigrationFile.neededColumns(of: kind)
        for (item, name) in values.texts(.blank).enumerated() where name.isEmpty || needed.contains(name.lowercased()) {
            throw values.problem(
                .blank,
                "is '\(name)'; expected a column that a corrected row can do without, such as Home-Server or Assoc-NT-Account", item: item)
        }
        return values.texts(.blank)
    }

    private static func toApply(_ values: SettingValues, _ context: RunContext) -> [String] {
        var words: [String] = []
        if let path = context.configuration { words += ["--config", path.shellQuoted] }
        for key in [SettingKey.passwordFile, .keytab, .clientCertificate, .clientKey, .certificateCheck] {
            if let text = context.flags.entries[key]?.texts.first { words += ["--\(key.rawValue)", text.shellQuoted] }
        }
        return words
    }

    /// The places as an administrator would write them.
    static func words(_ places: [Place]) -> String {
        places.map { place in
            switch place {
            case .server(let address): address.url
            case .domain(let domain): domain.description
            case .ldif(let path): "ldif:\(path)"
            }
        }.joined(separator: ", ")
    }

    /// The name in `told` of the configuration file's path.
    static let configurationKey = "config"

    /// Everything but how to show things and where a password stands: what `apply` must know to ask the same directory in the same way.
    private static func told(_ values: SettingValues) throws(Failure) -> [String: String] {
        var told: [String: String] = [:]
        for key in SettingKey.allCases where key.isRemembered {
            let texts = values.texts(key)
            // A flag said as yes, on or 1 is kept as true, so that nobody has to know the other words.
            if key.isFlag {
                if try values.flag(key) { told[key.rawValue] = "true" }
            } else if !texts.isEmpty {
                told[key.rawValue] = texts.joined(separator: "\n")
            }
        }
        return told
    }
}
