import Foundation
import TestSupport

/// A real server with the sample people, and a way to log in to it, before which a wire with faults is put.
enum FaultyServer: String, CaseIterable, Sendable {
    case slapd
    case slapdTLS = "slapd, ldaps"
    case slapdStartTLS = "slapd, StartTLS"
    case exchange55 = "Exchange 5.5 view"
    case sambaTLS = "Samba, ldaps"
    case sambaStartTLS = "Samba, StartTLS"
    case sambaKerberos = "Samba, GSSAPI"
    case server389 = "389 DS"
    case server389TLS = "389 DS, ldaps"

    /// Those that this run can have; `LDAP_RECONCILE_FAULT_SERVERS` names some of them.
    static let wanted: [FaultyServer] = {
        let all = allCases.filter { Private389.isWanted || ![.server389, .server389TLS].contains($0) }
        guard let told = ProcessInfo.processInfo.environment["LDAP_RECONCILE_FAULT_SERVERS"] else { return all }
        return all.filter { told.split(separator: ",").contains("\($0)") }
    }()

    /// How what goes over the wire is protected.
    enum Protection { case none, tls, startTLS, sasl }

    var protection: Protection {
        switch self {
        case .slapd, .exchange55, .server389: .none
        case .slapdTLS, .sambaTLS, .server389TLS: .tls
        case .slapdStartTLS, .sambaStartTLS: .startTLS
        case .sambaKerberos: .sasl
        }
    }

    /// A wire to the server.
    func wire(_ scripts: [[Fault]]) throws -> FaultProxy {
        switch self {
        case .slapd, .slapdStartTLS: try FaultProxy(to: Self.inetOrgPerson.get().port, scripts: scripts)
        case .slapdTLS: try FaultProxy(to: Self.inetOrgPerson.get().tlsPort, scripts: scripts)
        case .exchange55: try FaultProxy(to: Self.exchange.get().port, scripts: scripts)
        case .sambaTLS: try FaultProxy(to: 636, at: PrivateSamba.shared().address, scripts: scripts)
        case .sambaStartTLS, .sambaKerberos: try FaultProxy(to: 389, at: PrivateSamba.shared().address, scripts: scripts)
        case .server389: try FaultProxy(to: Self.private389.get().port, scripts: scripts)
        case .server389TLS: try FaultProxy(to: Self.private389.get().tlsPort, scripts: scripts)
        }
    }

    /// How the program is told of the server behind the wire.
    func options(_ wire: FaultProxy) throws -> [String] {
        let authority = ["--ca-file", try TestPKI.shared().authorityFile]
        let (place, login): ([String], [String]) =
            switch self {
            case .slapd, .slapdTLS, .slapdStartTLS:
                (["--base", "o=Larkspur", "--profile", "inetorgperson"], ["--bind-name", Self.readerName])
            case .exchange55:
                (["--base", "o=Larkspur Mills", "--profile", "exchange55"], ["--bind-name", Exchange55View.adminName])
            case .sambaTLS, .sambaStartTLS, .sambaKerberos:
                (
                    ["--base", PrivateSamba.peopleBase, "--profile", "active-directory"],
                    self == .sambaKerberos
                        ? ["--login", "gssapi", "--keytab", try PrivateSamba.shared().readerKeytab]
                        : ["--bind-name", PrivateSamba.reader.name]
                )
            case .server389, .server389TLS:
                (["--base", "o=Larkspur", "--profile", "inetorgperson"], ["--bind-name", Private389.reader.name])
            }
        switch protection {
        case .none, .sasl: return ["--directory", wire.uri] + place + login
        case .tls: return ["--directory", wire.tlsURI] + authority + place + login
        case .startTLS: return ["--directory", wire.uri, "--start-tls"] + authority + place + login
        }
    }

    /// What the program finds in its environment: the password, the realm.
    func environment() throws -> [String: String] {
        switch self {
        case .slapd, .slapdTLS, .slapdStartTLS: ["LDAP_RECONCILE_PASSWORD": Self.readerPassword]
        case .exchange55: ["LDAP_RECONCILE_PASSWORD": Exchange55View.password]
        case .sambaTLS, .sambaStartTLS: ["LDAP_RECONCILE_PASSWORD": PrivateSamba.reader.password]
        case .sambaKerberos: try PrivateSamba.shared().environment
        case .server389, .server389TLS: ["LDAP_RECONCILE_PASSWORD": Private389.reader.password]
        }
    }

    private static let readerName = "cn=reader,o=Larkspur"
    private static let readerPassword = "correct-horse"

    private static let inetOrgPerson = Result {
        var configuration = DirectoryForm.inetOrgPerson.configuration(PrivateSamba.people)
        configuration.database.content.append(
            .text("dn: \(readerName)\nobjectClass: person\ncn: reader\nsn: Reader\nuserPassword: \(readerPassword)\n\n"))
        configuration.certificate = .good
        return try PrivateSlapd(configuration)
    }
    private static let exchange = Result { try PrivateSlapd(DirectoryForm.exchange55.configuration(PrivateSamba.people)) }
    private static let private389 = Result { try Private389(PrivateSamba.people) }
}
