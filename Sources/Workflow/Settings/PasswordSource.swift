internal import DirectorySource
internal import Glibc
internal import LDAPClient
internal import Reporting

/// Where the password comes from: a file, a prompt or the environment; never the command line.
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

    /// Name and password, or anonymous when no name is given.
    func login() throws(Failure) -> Login {
        // That a plan's run asked for the password does not outweigh a password that this run is given.
        let isGiven = values.text(.passwordFile) != nil || context.environment["LDAP_RECONCILE_PASSWORD"] != nil
        let asks = try values.flag(.askPassword) && (values.isToldNow(.askPassword) || !isGiven)
        guard let name = values.text(.bindName), !name.isEmpty else {
            if asks || values.text(.passwordFile) != nil {
                throw values.problem(asks ? .askPassword : .passwordFile, "needs --bind-name, the name to log in with")
            }
            return .anonymous
        }
        if asks, values.text(.passwordFile) != nil { throw values.problem(.askPassword, "contradicts --password-file: give one of them") }
        return .simple(name: name, password: try password(for: name, asks: asks))
    }

    private func password(for name: String, asks: Bool) throws(Failure) -> Secret {
        if let path = values.text(.passwordFile) { return try fromFile(path) }
        if asks { return try fromPrompt(name) }
        if let text = context.environment["LDAP_RECONCILE_PASSWORD"] { return Secret(Array(text.utf8)) }
        throw Failure(
            .configuration,
            "There is no password for '\(name)': give --password-file FILE, --ask-password, or the variable LDAP_RECONCILE_PASSWORD; or leave --bind-name out to read anonymously."
        )
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

    /// The file's first line. Others than the owner must not be able to read it.
    private func fromFile(_ path: String) throws(Failure) -> Secret {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw Failure(.noInput, "The password file '\(path)' cannot be read: \(String(cString: strerror(errno))).")
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw Failure(.noInput, "The password file '\(path)' is not an ordinary file.") }
        guard status.st_mode & 0o077 == 0 else {
            let mode = String(status.st_mode & 0o7777, radix: 8)
            throw Failure(
                .credentials, "The password file '\(path)' can be read by others (mode \(mode)); make it yours alone: chmod 600 '\(path)'.")
        }
        var bytes = try TextFile.bytes(path, what: "password file", failing: .noInput)
        defer { for index in bytes.indices { bytes[index] = 0 } }
        let end = bytes.firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.endIndex
        return Secret(bytes[..<end])
    }
}
