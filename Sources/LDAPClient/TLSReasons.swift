internal import CLibLDAP
internal import Glibc
internal import Synchronization

/// Why something failed about TLS. libldap tells it only in its debug output, which is the process's, not the connection's.
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

    /// What libldap's files and options did not do, in its own words; `nil` when it said nothing of the kind.
    static func ofSetUp(_ lines: [String]) -> String? {
        lines.last { $0.contains("could not use") || ($0.contains("failed") && !$0.contains("could not be opened")) }?.afterPrefix
    }
}

/// What was wrong with a TLS handshake.
enum TLSTrouble: Equatable {
    /// The certificate does not pass: GnuTLS's status bits (gnutls_certificate_status_t).
    case certificate(UInt32)
    /// The certificate is good, but not for this name, which is the one that libldap compared.
    case otherName(compared: String)
    /// The server's key is not the one that was pinned.
    case otherKey
    /// The server ended the handshake with an alert.
    case alert(UInt8)
    /// The server chose a version that is too old.
    case oldVersion
    /// What answers does not speak TLS.
    case noTLS
    /// The server closed the connection without a word.
    case closedAtOnce
    /// The server closed the connection in the middle of the handshake, after it had asked for a client certificate or not.
    case closed(asksForCertificate: Bool)
    /// libldap's words, which nobody here understands better.
    case other(String)

    /// From libldap's trace and what the server sent.
    init(_ lines: [String], _ watch: HandshakeWatch) {
        for line in lines.reversed() {
            if let bits = line.certificateStatus {
                self = .certificate(bits)
            } else if line.contains("does not match provided pin") {
                self = .otherKey
            } else if let name = line.comparedName {
                self = .otherName(compared: name)
            } else {
                continue
            }
            return
        }
        let words = lines.last { $0.contains("can't connect: ") }?.afterPrefix ?? ""
        if let alert = watch.alert {
            self = .alert(alert)
        } else if words.contains("unsupported version") {
            self = .oldVersion
        } else if !watch.hasSpoken {
            self = .closedAtOnce
        } else if !watch.isTLS {
            self = .noTLS
        } else if ["non-properly terminated", "push function", "pull function"].contains(where: words.contains) {
            self = .closed(asksForCertificate: watch.asksForCertificate)
        } else {
            self = .other(words.isEmpty ? "no TLS connection could be made" : words)
        }
    }
}

extension String {
    /// The text after `TLS: `, on one line.
    fileprivate var afterPrefix: String {
        var text = dropFirst(hasPrefix("TLS: ") ? 5 : 4).split(whereSeparator: \.isNewline).joined(separator: " ")
        while text.hasSuffix(".") { text.removeLast() }
        return text
    }

    /// The bits in `peer cert untrusted or revoked (0x42)`.
    fileprivate var certificateStatus: UInt32? {
        guard contains("peer cert untrusted or revoked"), let open = lastIndex(of: "("), let close = lastIndex(of: ")"), open < close else {
            return nil
        }
        return UInt32(self[index(open, offsetBy: 3)..<close], radix: 16)
    }

    /// The name in `hostname (ex01) does not match subjectAltName in certificate`.
    fileprivate var comparedName: String? {
        guard contains("does not match"), let open = firstRange(of: "hostname ("), let close = self[open.upperBound...].firstIndex(of: ")")
        else { return nil }
        return String(self[open.upperBound..<close])
    }
}
