internal import LDAPClient

extension Settings.Place {
    /// What stands between a connection to the place and whoever listens in.
    enum Protection {
        case tls, plain, localSocket
        /// No connection is made.
        case file
    }

    /// What that is here; `startTLS`: as the settings have it.
    func protection(startTLS: Bool) -> Protection {
        switch self {
        case .server(let address):
            switch address.transport {
            case .ldap: startTLS ? .tls : .plain
            case .ldaps: .tls
            case .ldapi: .localSocket
            }
        case .domain(let domain): startTLS || domain.serviceName.lowercased().hasPrefix("_ldaps.") ? .tls : .plain
        case .ldif: .file
        }
    }
}
