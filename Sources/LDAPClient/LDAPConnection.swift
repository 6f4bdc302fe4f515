internal import CLibLDAP
internal import Glibc

/// A connection to one directory server, open and protected as asked; closed when the value ends.
///
/// Owns libldap's handle. libldap keeps one error state for each handle, so a connection is used by one thread at a time.
@safe public struct LDAPConnection: ~Copyable {
    /// How the connection was made.
    public let settings: ConnectionSettings
    /// How the connection is protected, in words: `TLS1.3`, `plain text`, `local socket`.
    public private(set) var protection: String

    let handle: OpaquePointer
    let transport: UnsafeMutablePointer<TransportState>
    private let callback: UnsafeMutablePointer<ldap_conncb>

    /// Connects, and sets up TLS where asked, within `settings.limits.connect` each.
    ///
    /// Throws an `LDAPError`: `.cannotConnect`, `.tlsFailed`, `.timedOut`, `.interrupted` or `.badSetting`. Nothing is sent before TLS stands.
    public static func open(_ settings: ConnectionSettings) throws(LDAPError) -> LDAPConnection {
        var connection = try unsafe LDAPConnection(settings, takingOwnershipOf: newHandle(for: settings))
        try connection.setOptions()
        try connection.connect()
        return connection
    }

    /// Everything that a closed connection owns; nothing here can fail, so `deinit` frees it all.
    private init(_ settings: ConnectionSettings, takingOwnershipOf handle: OpaquePointer) {
        self.settings = settings
        protection = ""
        unsafe self.handle = handle
        unsafe transport = .allocate(capacity: 1)
        unsafe transport.initialize(
            to: TransportState(
                patience: settings.limits.connect, deadline: ContinuousClock.now + settings.limits.total, isCancelled: settings.isCancelled)
        )
        unsafe callback = .allocate(capacity: 1)
        unsafe callback.initialize(to: TransportLayer.callback(state: transport))
    }

    private static func newHandle(for settings: ConnectionSettings) throws(LDAPError) -> OpaquePointer {
        LDAPLibrary.prepare()
        try checkFiles(of: settings)
        var handle: OpaquePointer?
        let code = unsafe ldap_initialize(&handle, settings.address.url)
        guard code == LDAP_SUCCESS, let handle = unsafe handle else {
            throw LDAPError(.badAddress, doing: "connecting to \(settings.address)", because: ResultCodeText.name(of: code))
        }
        return unsafe handle
    }

    deinit {
        unsafe ldap_unbind_ext_s(handle, nil, nil)
        unsafe callback.deinitialize(count: 1)
        unsafe callback.deallocate()
        unsafe transport.deinitialize(count: 1)
        unsafe transport.deallocate()
    }

    // MARK: - Opening

    private func setOptions() throws(LDAPError) {
        try set(LDAP_OPT_PROTOCOL_VERSION, to: 3)
        guard unsafe cldap_set_flag(handle, LDAP_OPT_REFERRALS, 0) == LDAP_OPT_SUCCESS,
            unsafe ldap_set_option(handle, LDAP_OPT_CONNECT_CB, callback) == LDAP_OPT_SUCCESS
        else { throw cannotSet("referrals or connect callback") }
        var patience = settings.limits.connect.timeval
        guard unsafe ldap_set_option(handle, LDAP_OPT_NETWORK_TIMEOUT, &patience) == LDAP_OPT_SUCCESS else {
            throw cannotSet("network timeout")
        }
        patience = settings.limits.response.timeval
        guard unsafe ldap_set_option(handle, LDAP_OPT_TIMEOUT, &patience) == LDAP_OPT_SUCCESS else { throw cannotSet("operation timeout") }
        if settings.address.transport != .ldapi { try setTLSOptions() }
    }

    private func setTLSOptions() throws(LDAPError) {
        switch settings.certificateCheck {
        case .required:
            try set(LDAP_OPT_X_TLS_REQUIRE_CERT, to: LDAP_OPT_X_TLS_DEMAND)
            // TRY: a subjectAltName must name the host; the subject's name counts only where there is none (RFC 6125, section 6.4.4).
            try set(LDAP_OPT_X_TLS_REQUIRE_SAN, to: LDAP_OPT_X_TLS_TRY)
        case .off:
            try set(LDAP_OPT_X_TLS_REQUIRE_CERT, to: LDAP_OPT_X_TLS_NEVER)
            try set(LDAP_OPT_X_TLS_REQUIRE_SAN, to: LDAP_OPT_X_TLS_NEVER)
        }
        try set(LDAP_OPT_X_TLS_PROTOCOL_MIN, to: 3 << 8 | 3)  // TLS 1.2, as ldap.h numbers it
        if LDAPLibrary.isGnuTLS {  // there PROTOCOL_MIN has no effect
            try set(LDAP_OPT_X_TLS_CIPHER_SUITE, to: "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2")
        }
        let file = settings.caFile ?? Self.systemCAFile
        if let file { try set(LDAP_OPT_X_TLS_CACERTFILE, to: file) }
        guard unsafe cldap_set_int(handle, LDAP_OPT_X_TLS_NEWCTX, 0) == LDAP_OPT_SUCCESS else {
            throw cannotSet("TLS options" + (file.map { " with the CA file '\($0)'" } ?? ""))
        }
    }

    private mutating func connect() throws(LDAPError) {
        let doing = "connecting to \(settings.address)"
        let (code, reasons) = TLSReasons.gathered { unsafe ldap_connect(handle) }
        guard code == LDAP_SUCCESS else {
            guard settings.address.transport == .ldaps, unsafe transport.pointee.hasConnected, unsafe transport.pointee.failure == nil
            else {
                throw connectionFailed(doing)
            }
            throw tlsFailed(doing, because: TLSReasons.inWords(reasons) ?? "no TLS connection could be made\(detail)")
        }
        try protectAgainstStalls()
        if settings.startTLS { try startTLS() }
        protection = currentProtection()
        unsafe transport.pointee.patience = settings.limits.response
    }

    /// Non-blocking, so that no read inside a message can hang; a cap on messages; and read-ahead, for fewer system calls.
    private func protectAgainstStalls() throws(LDAPError) {
        guard let socket = unsafe socketBuffer, unsafe cldap_set_nonblocking(socket) > 0,
            unsafe cldap_set_max_incoming(socket, ber_len_t(settings.maxMessageSize)) > 0, unsafe cldap_add_readahead(socket) == 0
        else { throw cannotSet("socket buffer") }
    }

    private func startTLS() throws(LDAPError) {
        let doing = "starting TLS with \(settings.address)"
        var id: Int32 = 0
        guard unsafe ldap_start_tls(handle, nil, nil, &id) == LDAP_SUCCESS else { throw connectionFailed(doing) }
        let result = try result(of: id, type: 0x78, doing: doing)  // ExtendedResponse
        guard result.code == LDAP_SUCCESS else {
            throw tlsFailed(doing, because: "the server refuses: \(result.inWords)")
        }
        let (code, reasons) = TLSReasons.gathered { unsafe ldap_install_tls(handle) }
        guard code == LDAP_SUCCESS else {
            if unsafe transport.pointee.failure != nil { throw connectionFailed(doing) }
            throw tlsFailed(doing, because: TLSReasons.inWords(reasons) ?? ResultCodeText.name(of: code))
        }
    }

    private func currentProtection() -> String {
        if settings.address.transport == .ldapi { return "local socket" }
        guard settings.address.transport == .ldaps || settings.startTLS else { return "plain text" }
        var version: UnsafeMutablePointer<CChar>?
        guard unsafe ldap_get_option(handle, LDAP_OPT_X_TLS_VERSION, &version) == LDAP_OPT_SUCCESS, let text = unsafe version else {
            return "TLS"
        }
        defer { unsafe ldap_memfree(text) }
        switch settings.certificateCheck {
        case .required: return unsafe String(cString: text)
        case .off(let reason): return unsafe "\(String(cString: text)), certificate NOT checked: \(reason)"
        }
    }

    // MARK: - Options

    private func set(_ option: Int32, to value: Int32) throws(LDAPError) {
        guard unsafe cldap_set_int(handle, option, value) == LDAP_OPT_SUCCESS else { throw cannotSet("option \(option)") }
    }

    private func set(_ option: Int32, to text: String) throws(LDAPError) {
        guard unsafe text.withCString({ unsafe ldap_set_option(handle, option, $0) }) == LDAP_OPT_SUCCESS else {
            throw cannotSet("option \(option) to '\(text)'")
        }
    }

    private func cannotSet(_ what: String) -> LDAPError {
        LDAPError(.badSetting, doing: "setting up the connection to \(settings.address)", because: "libldap does not take \(what)")
    }

    private var socketBuffer: OpaquePointer? {
        var socket: OpaquePointer?
        guard unsafe ldap_get_option(handle, LDAP_OPT_SOCKBUF, &socket) == LDAP_OPT_SUCCESS else { return nil }
        return unsafe socket
    }

    /// The socket; -1 when the connection is gone.
    var socket: Int32 {
        guard let buffer = unsafe socketBuffer else { return -1 }
        return unsafe cldap_fd(buffer)
    }

    private static let systemCAFile: String? = {
        let file = "/etc/ssl/certs/ca-certificates.crt"
        return unsafe access(file, R_OK) == 0 ? file : nil
    }()

    /// GnuTLS takes a file without certificates for a list of none, and then distrusts everybody without a word on why.
    private static func checkFiles(of settings: ConnectionSettings) throws(LDAPError) {
        guard let file = settings.caFile else { return }
        func refuse(_ why: String) -> LDAPError {
            LDAPError(
                .badSetting, doing: "reading the CA file '\(file)'", because: why,
                advice: "Give --ca-file a readable file of certificates in PEM form.")
        }
        let stream = unsafe fopen(file, "re")
        guard let stream = unsafe stream else { throw unsafe refuse(String(cString: strerror(errno))) }
        defer { unsafe fclose(stream) }
        var line = [CChar](repeating: 0, count: 256)
        while unsafe fgets(&line, 256, stream) != nil {
            if unsafe strncmp(line, "-----BEGIN ", 11) == 0 { return }
        }
        throw unsafe refuse(ferror(stream) != 0 ? String(cString: strerror(errno)) : "it holds no certificate in PEM form")
    }
}

/// libldap keeps one error state for each handle: one thread at a time.
@available(*, unavailable) extension LDAPConnection: Sendable {}

extension Duration {
    /// As the C library takes it, rounded down to microseconds.
    var timeval: timeval {
        let (seconds, attoseconds) = components
        return Glibc.timeval(tv_sec: Int(seconds), tv_usec: Int(attoseconds / 1_000_000_000_000))
    }
}
