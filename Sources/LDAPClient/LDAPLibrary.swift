internal import CLibLDAP
internal import Glibc
internal import Synchronization

/// What must be set once for the whole process before libldap is used.
enum LDAPLibrary {
    /// Makes libldap independent of the machine's ldap.conf, ldaprc and LDAP* variables, and keeps a dead server from ending the process.
    ///
    /// Cheap to call again.
    static func prepare() { _ = isPrepared }

    private static let isPrepared: Bool = {
        // ldap.conf(5): with LDAPNOINIT set, no file and no variable of the environment can turn a check off.
        unsafe setenv("LDAPNOINIT", "1", 1)
        // libldap writes to sockets without MSG_NOSIGNAL.
        signal(SIGPIPE, SIG_IGN)
        TLSReasons.install()
        // The first use of the global options is not safe from two threads at once.
        var level: Int32 = 0
        return unsafe ldap_get_option(nil, LDAP_OPT_DEBUG_LEVEL, &level) == LDAP_OPT_SUCCESS
    }()

    /// Whether libldap is built on GnuTLS, which ignores the option for the oldest TLS version.
    static let isGnuTLS: Bool = {
        var package: UnsafeMutablePointer<CChar>?
        guard unsafe ldap_get_option(nil, LDAP_OPT_X_TLS_PACKAGE, &package) == LDAP_OPT_SUCCESS, let name = unsafe package else {
            return false
        }
        defer { unsafe ldap_memfree(name) }
        return unsafe String(cString: name) == "GnuTLS"
    }()
}

/// Why a TLS handshake failed. libldap tells it only in its debug output, which is the process's, not the connection's.
enum TLSReasons {
    private struct Listeners {
        var lines: [pthread_t: [String]] = [:]
    }

    private static let listeners = Mutex(Listeners())

    /// Catches libldap's debug output. The function goes in first: without one, libldap chatters on stderr.
    static func install() {
        let catcher: BER_LOG_PRINT_FN = { text in
            guard let text = unsafe text else { return }
            let line = unsafe String(cString: text)
            guard line.hasPrefix("TLS:") || line.hasPrefix("tlsg_session_pinning:") else { return }
            TLSReasons.listeners.withLock { $0.lines[pthread_self()]?.append(line) }
        }
        unsafe ber_set_option(nil, LBER_OPT_LOG_PRINT_FN, unsafeBitCast(catcher, to: UnsafeRawPointer.self))
    }

    /// Runs `body` with libldap's trace on, and gives what it said about TLS on this thread.
    static func gathered<Result>(while body: () -> Result) -> (Result, reasons: [String]) {
        listeners.withLock {
            $0.lines[pthread_self()] = []
            setLevel(1)
        }
        let result = body()
        let lines = listeners.withLock { all in
            let lines = all.lines.removeValue(forKey: pthread_self()) ?? []
            if all.lines.isEmpty { setLevel(0) }
            return lines
        }
        return (result, lines)
    }

    private static func setLevel(_ level: Int32) {
        var level = level
        unsafe ber_set_option(nil, LBER_OPT_DEBUG_LEVEL, &level)
        unsafe ldap_set_option(nil, LDAP_OPT_DEBUG_LEVEL, &level)
    }

    /// The handshake's trouble in an administrator's words; `nil` when libldap said nothing that is understood.
    static func inWords(_ lines: [String]) -> String? {
        for line in lines.reversed() {
            if let status = line.certificateStatus { return status }
            if line.contains("does not match provided pin") { return "the server's key is not the pinned one" }
            if line.contains("does not match") { return "the certificate is for another name: " + line.afterPrefix }
            if line.contains("could not use") { return line.afterPrefix }
        }
        return lines.last { !$0.contains("could not be opened") && $0.contains("failed") }?.afterPrefix
    }
}

extension String {
    /// The text after `TLS: `, on one line.
    fileprivate var afterPrefix: String {
        let text = dropFirst(hasPrefix("TLS: ") ? 5 : 4).split(whereSeparator: \.isNewline).joined(separator: " ")
        return text.hasSuffix(".") ? String(text.dropLast()) : text
    }

    /// GnuTLS's status bits (gnutls_certificate_status_t) in `peer cert untrusted or revoked (0x42)`.
    fileprivate var certificateStatus: String? {
        guard contains("peer cert untrusted or revoked"), let open = lastIndex(of: "("), let close = lastIndex(of: ")"), open < close,
            let bits = UInt32(self[index(open, offsetBy: 3)..<close], radix: 16)
        else { return nil }
        if bits & (1 << 10) != 0 { return "the certificate has expired" }
        if bits & (1 << 9) != 0 { return "the certificate is not valid yet" }
        if bits & (1 << 5) != 0 { return "the certificate has been revoked" }
        if bits & (1 << 6) != 0 { return "the certificate's issuer is not trusted" }
        return "the certificate is not trusted"
    }
}
