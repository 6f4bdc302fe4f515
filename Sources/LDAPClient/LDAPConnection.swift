internal import CLibLDAP
internal import Glibc

/// A connection to one directory server, open and protected as asked; closed when the value ends.
///
/// Owns libldap's handle. libldap keeps one error state for each handle, so a connection is used by one thread at a time.
@safe public struct LDAPConnection: ~Copyable {
    /// How the connection was made.
    public let settings: ConnectionSettings

    let handle: OpaquePointer
    let transport: UnsafeMutablePointer<TransportState>
    private let callback: UnsafeMutablePointer<ldap_conncb>

    /// Connects, and sets up TLS where asked, within `settings.limits.connect` each.
    ///
    /// Throws an `LDAPError`: `.cannotConnect`, `.tlsFailed`, `.timedOut`, `.interrupted`, `.badSetting`, `.unreadableFile` or `.exposedFile`. Nothing is sent before TLS stands.
    public static func open(_ settings: ConnectionSettings) throws(LDAPError) -> LDAPConnection {
        LDAPLibrary.prepare()
        if settings.usesTLS { try settings.tls.checkFiles() }
        var state = TransportState(
            patience: settings.limits.connect, deadline: settings.end, isCancelled: settings.isCancelled)
        let socket = try settings.openSocket(&state)
        let connection = try unsafe LDAPConnection(settings, state, takingOwnershipOf: newHandle(for: settings, over: socket))
        try connection.setUp()
        return connection
    }

    /// Everything that a closed connection owns; nothing here can fail, so `deinit` frees it all.
    private init(_ settings: ConnectionSettings, _ state: TransportState, takingOwnershipOf handle: OpaquePointer) {
        self.settings = settings
        unsafe self.handle = handle
        unsafe transport = .allocate(capacity: 1)
        unsafe transport.initialize(to: state)
        unsafe callback = .allocate(capacity: 1)
        unsafe callback.initialize(to: TransportLayer.refusal())
    }

    /// A handle that owns the socket.
    private static func newHandle(for settings: ConnectionSettings, over socket: Int32) throws(LDAPError) -> OpaquePointer {
        var handle: OpaquePointer?
        let address = settings.address
        // TLS is ours to begin, when the options for it are set: hence never ldaps.
        let kind = address.transport == .ldapi ? LDAP_PROTO_IPC : LDAP_PROTO_TCP
        let code = unsafe ldap_init_fd(socket, kind, address.transport == .ldaps ? address.urlWithoutTLS : address.url, &handle)
        guard code == LDAP_SUCCESS, let handle = unsafe handle else {
            close(socket)
            throw LDAPError(.badAddress, doing: "connecting to \(address)", because: ResultCodeText.name(of: code))
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

    private func setUp() throws(LDAPError) {
        try setOptions()
        try protectAgainstStalls()
        unsafe transport.pointee.patience = settings.limits.response
        if settings.usesTLS {
            try setTLSOptions()
            if settings.startTLS { try askForTLS() }
            try installTLS()
        }
        unsafe transport.pointee.hasAnswered = false
    }

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
    }

    private func setTLSOptions() throws(LDAPError) {
        let tls = settings.tls
        switch tls.certificateCheck {
        case .required:
            try set(LDAP_OPT_X_TLS_REQUIRE_CERT, to: LDAP_OPT_X_TLS_DEMAND)
            // TRY: a subjectAltName must name the host; the subject's name counts only where there is none (RFC 6125, section 6.4.4).
            try set(LDAP_OPT_X_TLS_REQUIRE_SAN, to: LDAP_OPT_X_TLS_TRY)
        case .off:
            try set(LDAP_OPT_X_TLS_REQUIRE_CERT, to: LDAP_OPT_X_TLS_NEVER)
            try set(LDAP_OPT_X_TLS_REQUIRE_SAN, to: LDAP_OPT_X_TLS_NEVER)
        }
        try set(LDAP_OPT_X_TLS_PROTOCOL_MIN, to: 3 << 8 | (tls.minimumVersion == .v13 ? 4 : 3))  // as ldap.h numbers them
        if LDAPLibrary.isGnuTLS {  // there PROTOCOL_MIN has no effect
            try set(LDAP_OPT_X_TLS_CIPHER_SUITE, to: "NORMAL:-VERS-ALL:+VERS-TLS1.3" + (tls.minimumVersion == .v12 ? ":+VERS-TLS1.2" : ""))
        }
        var files: [String] = []
        for (option, path) in [
            (LDAP_OPT_X_TLS_CACERTFILE, tls.trustedFile), (LDAP_OPT_X_TLS_CACERTDIR, tls.caFolder),
            (LDAP_OPT_X_TLS_CERTFILE, tls.client?.certificate), (LDAP_OPT_X_TLS_KEYFILE, tls.client?.key),
        ] {
            guard let path else { continue }
            try set(option, to: path)
            files.append("'\(path)'")
        }
        if let pin = tls.pinnedKey { try set(LDAP_OPT_X_TLS_PEERKEY_HASH, to: "sha256:" + pin) }
        let (code, reasons) = TLSReasons.gathered { unsafe cldap_set_int(handle, LDAP_OPT_X_TLS_NEWCTX, 0) }
        guard code == LDAP_OPT_SUCCESS else {
            throw LDAPError(
                .badSetting, doing: "setting up TLS for \(settings.address)",
                because: TLSReasons.ofSetUp(reasons) ?? "the TLS library does not take " + files.joined(separator: ", "),
                advice:
                    "Check the files of --ca-file, --ca-folder, --client-certificate and --client-key: PEM, readable, the key fitting its certificate and without a password."
            )
        }
        try leaveLocalNameToUs()
    }

    /// Non-blocking, so that no read inside a message can hang; our layer, which waits; a cap on messages; and read-ahead, for fewer system calls.
    private func protectAgainstStalls() throws(LDAPError) {
        guard let socket = unsafe socketBuffer, unsafe cldap_add_layer(socket, TransportLayer.functions, transport) == 0,
            unsafe cldap_set_nonblocking(socket) > 0, unsafe cldap_set_max_incoming(socket, ber_len_t(settings.maxMessageSize)) > 0,
            unsafe cldap_add_readahead(socket, 128 << 10) == 0
        else { throw cannotSet("socket buffer") }
    }

    private var doingTLS: String { settings.startTLS ? "starting TLS with \(settings.address)" : "connecting to \(settings.address)" }

    /// StartTLS, as far as the server's consent.
    private func askForTLS() throws(LDAPError) {
        var id: Int32 = 0
        guard unsafe ldap_start_tls(handle, nil, nil, &id) == LDAP_SUCCESS else { throw connectionFailed(doingTLS) }
        let result = try result(of: id, type: 0x78, doing: doingTLS)  // ExtendedResponse
        guard result.code == LDAP_SUCCESS else { throw startTLSRefused(doingTLS, result) }
    }

    private func installTLS() throws(LDAPError) {
        unsafe transport.pointee.patience = settings.limits.connect
        unsafe transport.pointee.silenceEnds = nil
        defer { unsafe transport.pointee.patience = settings.limits.response }
        unsafe transport.pointee.handshake = HandshakeWatch()
        let (code, reasons) = TLSReasons.gathered { unsafe ldap_install_tls(handle) }
        let watch = unsafe transport.pointee.handshake ?? HandshakeWatch()
        unsafe transport.pointee.handshake = nil
        guard code != LDAP_SUCCESS else { return try checkLocalName(doingTLS) }
        if unsafe transport.pointee.failure != nil { throw connectionFailed(doingTLS) }
        throw tlsFailed(doingTLS, TLSTrouble(reasons, watch))
    }

    /// How the connection is protected, in words: `TLS1.3`, `plain text`, `local socket`; with a SASL layer what that adds.
    public var protection: String {
        if settings.address.transport == .ldapi { return "local socket" }
        let strength = securityStrength
        guard settings.usesTLS else {
            return strength > 1
                ? "plain TCP, encrypted by SASL (\(strength) bits)"
                : strength == 1 ? "plain TCP, signed by SASL" : "plain text, integrity not protected"
        }
        var words = "TLS"
        var version: UnsafeMutablePointer<CChar>?
        if unsafe ldap_get_option(handle, LDAP_OPT_X_TLS_VERSION, &version) == LDAP_OPT_SUCCESS, let text = unsafe version {
            words = unsafe String(cString: text)
            unsafe ldap_memfree(text)
        }
        if settings.tls.pinnedKey != nil { words += ", server's key as pinned" }
        if let reason = certificateCheckOff { words += ", certificate NOT checked: \(reason)" }
        return words
    }

    /// Why the server's certificate was not checked; `nil` where it was, or there is none.
    public var certificateCheckOff: String? {
        guard settings.usesTLS, case .off(let reason) = settings.tls.certificateCheck else { return nil }
        return reason
    }

    /// Whether nobody between here and the server can change or drop a message unnoticed: TLS, a local socket, or a SASL layer.
    public var isIntegrityProtected: Bool { settings.usesTLS || settings.address.transport == .ldapi || securityStrength > 0 }

    /// The strength of the SASL layer: 0 for none, 1 for signed, else the bits of its key.
    private var securityStrength: Int {
        var strength: ber_len_t = 0
        guard unsafe ldap_get_option(handle, LDAP_OPT_X_SASL_SSF, &strength) == LDAP_OPT_SUCCESS else { return 0 }
        return Int(strength)
    }

    /// The settings for one more connection to this very server: a host's name may lead to several.
    public var settingsForSameServer: ConnectionSettings {
        var same = settings
        if settings.address.transport != .ldapi { same.peer = HostAddress(peerOf: socket) }
        return same
    }

    // MARK: - Options

    func set(_ option: Int32, to value: Int32) throws(LDAPError) {
        guard unsafe cldap_set_int(handle, option, value) == LDAP_OPT_SUCCESS else { throw cannotSet("option \(option)") }
    }

    func set(_ option: Int32, to text: String) throws(LDAPError) {
        guard unsafe text.withCString({ unsafe ldap_set_option(handle, option, $0) }) == LDAP_OPT_SUCCESS else {
            throw cannotSet("option \(option) to '\(text)'")
        }
    }

    func cannotSet(_ what: String) -> LDAPError {
        LDAPError(.badSetting, doing: "setting up the connection to \(settings.address)", because: "libldap does not take \(what)")
    }

    private var socketBuffer: OpaquePointer? {
        var socket: OpaquePointer?
        guard unsafe ldap_get_option(handle, LDAP_OPT_SOCKBUF, &socket) == LDAP_OPT_SUCCESS else { return nil }
        return unsafe socket
    }

    /// Whether bytes have come that libldap has not asked for yet.
    var holdsData: Bool {
        guard let buffer = unsafe socketBuffer else { return false }
        return unsafe cldap_holds_data(buffer) != 0
    }

    /// The socket; -1 when the connection is gone.
    var socket: Int32 {
        guard let buffer = unsafe socketBuffer else { return -1 }
        return unsafe cldap_fd(buffer)
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
