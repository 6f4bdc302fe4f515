internal import DirectorySource
internal import Glibc
internal import LDAPClient
internal import Reporting

/// Where the password comes from: a file, a prompt, the environment or the service manager; never the command line.
struct PasswordSource {
    private let values: SettingValues
    private let context: RunContext
    private let servers: String

    /// `servers`: who gets the password, for the prompt.
    init(_ values: SettingValues, _ context: RunContext, servers: String) {
        self.values = values
        self.context = context
        self.servers = servers
    }

    /// The password for a name: from the flags, else the environment, else the configuration file, else the service manager.
    func password(for name: String) throws(Failure) -> Secret {
        let asks = try values.flag(.askPassword)
        let asking = asks ? values.layers.firstIndex { $0.entries[.askPassword] != nil } : nil
        for (index, layer) in values.layers.dropLast().enumerated() {
            let file = layer.entries[.passwordFile]?.texts.first
            let variable = index == SettingValues.environmentLayer ? context.environment[Self.variable] : nil
            try refuseTwo(file: file != nil, asks: asking == index, variable: variable != nil)
            if let file { return try fromFile(file) }
            if asking == index { return try fromPrompt(name) }
            if let variable { return Secret(Array(variable.utf8)) }
        }
        if let path = credentialFile { return try fromFile(path) }
        // That a plan's run asked for the password does not outweigh a password that this run is given.
        if asks { return try fromPrompt(name) }
        throw Failure(
            .configuration,
            "There is no password for '\(name)': give --password-file FILE, --ask-password, the variable LDAP_RECONCILE_PASSWORD, or a service manager's credential \(Self.credentialName); or leave --bind-name out to read anonymously."
        )
    }

    /// Two sources in one layer contradict each other.
    private func refuseTwo(file: Bool, asks: Bool, variable: Bool) throws(Failure) {
        let told = [
            (file, "--\(SettingKey.passwordFile.rawValue)"), (asks, "--\(SettingKey.askPassword.rawValue)"), (variable, Self.variable),
        ]
        .filter(\.0).map(\.1)
        guard told.count > 1 else { return }
        throw values.problem(
            file ? .passwordFile : .askPassword, "contradicts \(told.dropFirst().joined(separator: " and ")): give one of them")
    }

    private static let variable = "LDAP_RECONCILE_PASSWORD"

    /// The name of the credential that systemd hands to a service (systemd.exec(5), LoadCredential=).
    static let credentialName = "ldap-reconcile.password"

    private var credentialFile: String? {
        guard let folder = context.environment["CREDENTIALS_DIRECTORY"], !folder.isEmpty else { return nil }
        let path = folder + "/" + Self.credentialName
        return access(path, F_OK) == 0 ? path : nil
    }

    private func fromPrompt(_ name: String) throws(Failure) -> Secret {
        guard var bytes = context.console.askPassword("Password for \(name.printable) on \(servers.printable): ") else {
            if context.isCancelled() { throw Failure(.interrupted, "Interrupted while asking for the password; nothing was written.") }
            throw Failure(
                .credentials, "--ask-password needs a terminal, and there is none; use --password-file FILE or LDAP_RECONCILE_PASSWORD.")
        }
        defer { for index in bytes.indices { bytes[index] = 0 } }
        return Secret(bytes)
    }

    /// The file's first line. It must be nobody else's.
    private func fromFile(_ path: String) throws(Failure) -> Secret {
        // What the service manager hands over, others than root can read by an access list only, which shows as the group's right.
        try SecretFile(path: path, what: "password file").check(others: path == credentialFile ? 0o037 : 0o077)
        var bytes = try TextFile.bytes(path, what: "password file", failing: .noInput)
        defer { for index in bytes.indices { bytes[index] = 0 } }
        let end = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        return Secret(bytes[..<end])
    }
}
