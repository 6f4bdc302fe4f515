internal import LDAPClient

/// As whom, and how, to log in, from the settings.
struct LoginChoice {
    private let values: SettingValues
    private let context: RunContext
    private let places: [Settings.Place]

    /// The ways to log in, by their names in the settings.
    private enum Method: String, CaseIterable {
        case anonymous, simple, external, gssapi
        case scram = "scram-sha-256"

        /// Whether it takes a name and a password.
        var usesPassword: Bool { self == .simple || self == .scram }
    }

    init(_ values: SettingValues, _ context: RunContext, _ places: [Settings.Place]) {
        self.values = values
        self.context = context
        self.places = places
    }

    /// Name and password are asked for only where the method takes them; what does not go together is an error.
    func login() throws(Failure) -> Login {
        let names = Method.allCases.map(\.rawValue).joined(separator: ", ")
        let told = try values.value(.login, expected: names) { Method(rawValue: $0.lowercased()) }
        let name = values.text(.bindName).flatMap { $0.isEmpty ? nil : $0 }
        let method = told ?? (name == nil ? .anonymous : .simple)
        try checkPartners(of: method, name: name)
        switch method {
        case .anonymous: return .anonymous
        case .external: return .external
        case .gssapi:
            if let keytab = values.text(.keytab) {
                try SecretFile(path: keytab, what: "keytab").check()
                Kerberos.use(keytab: keytab)
            }
            return .kerberos
        case .simple, .scram:
            guard let name else { throw values.problem(.login, "is '\(method.rawValue)' and needs --bind-name, the name to log in with") }
            let password = try PasswordSource(values, context, servers: Settings.words(places)).password(for: name)
            return method == .simple ? .simple(name: name, password: password) : .scram(name: name, password: password)
        }
    }

    private func checkPartners(of method: Method, name: String?) throws(Failure) {
        if method != .gssapi, values.text(.keytab) != nil { throw values.problem(.keytab, "goes with login gssapi only") }
        guard !method.usesPassword else { return }
        let isTold = values.text(.login) != nil
        if name != nil {
            throw values.problem(
                .bindName,
                "does not go with login \(method.rawValue): \(method == .anonymous ? "that is without a name" : "there the name is not ours to say")"
            )
        }
        for key in [SettingKey.passwordFile, .askPassword] where values.isToldNow(key) {
            if key == .askPassword, try !values.flag(key) { continue }
            throw values.problem(
                key, isTold ? "does not go with login \(method.rawValue)" : "needs --bind-name, the name to log in with")
        }
        if method == .external, values.text(.clientCertificate) == nil {
            for case .server(let address) in places where address.transport != .ldapi {
                throw values.problem(
                    .login, "is 'external' and \(address) no local socket: give --client-certificate, by which the server is to know us")
            }
        }
    }
}
