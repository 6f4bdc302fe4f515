internal import CLibLDAP

/// What went wrong about TLS, so that an administrator knows what to change, and where.
extension LDAPConnection {
    /// The server does not want to begin.
    func startTLSRefused(_ doing: String, _ result: OperationResult) -> LDAPError {
        LDAPError(
            .tlsFailed, doing: doing, because: "the server refuses: \(result.inWords)",
            advice:
                "Has the server a certificate? Try ldaps://. If it took StartTLS before, somebody between here and the server may have stripped it; nothing more was sent."
        )
    }

    /// TLS stood, and then the server closed the connection before it said anything. TLS 1.3 tells a client only then that its certificate is
    /// wanted or not good, and libldap passes nothing of that on.
    func closedAfterTLS(_ doing: String) -> LDAPError {
        let reason = "the server closed the connection as soon as TLS stood\(detail)"
        let advice =
            settings.tls.client == nil
            ? "Does the server want a client certificate? --client-certificate gives one. Else try again."
            : "Does the server trust the issuer of the client certificate (--client-certificate), and is that in date? Else try again."
        return LDAPError(.connectionLost, doing: doing, because: reason, advice: advice)
    }

    /// The handshake failed.
    func tlsFailed(_ doing: String, _ trouble: TLSTrouble) -> LDAPError {
        func failed(_ reason: String, _ advice: String) -> LDAPError {
            LDAPError(.tlsFailed, doing: doing, because: reason, advice: advice)
        }
        let minimum = settings.tls.minimumVersion
        switch trouble {
        case .certificate(let bits):
            let status = CertificateStatus(bits, shown: Self.shownCertificate(of: settings))
            return failed(status.reason, status.advice)
        case .otherName(let compared):
            let names = Self.shownCertificate(of: settings)?.names ?? []
            let theirs = names.isEmpty ? "" : "for \(names.prefix(8).joined(separator: ", ")), and "
            return failed(
                "the certificate is for another name: \(theirs)not for \(compared)",
                "Use a name that the certificate carries in --directory.")
        case .otherKey:
            return failed(
                "the server's key is not the pinned one",
                "If the server was given a new key, and you know it for certain, change --pinned-key; otherwise somebody else answers there."
            )
        case .alert(let number):
            let isRefusal = settings.tls.client != nil && HandshakeWatch.isAboutCertificates(number)
            return LDAPError(
                isRefusal ? .clientCertificateRefused : .tlsFailed, doing: doing,
                because:
                    HandshakeWatch.words(for: number, minimum: minimum, showsCertificate: settings.tls.client != nil),
                advice: number == 70 || number == 40 || number == 71
                    ? "The server's own settings name the versions of TLS and the ciphers that it speaks; versions before 1.2 are not spoken here."
                    : "See the server's log; --client-certificate and --client-key are what it is shown.")
        case .oldVersion: return tooOld(doing)
        case .noTLS: return failed("what answers there does not speak TLS", portAdvice)
        case .closedAtOnce:
            if minimum == .v13, Self.shownCertificate(of: settings, minimum: .v12) != nil { return tooOld(doing) }
            let version = "Does the server speak version \(minimum.rawValue) of TLS or a newer one"
            return failed(
                "the server closed the connection without a word of TLS",
                minimum == .v13
                    ? "\(version) (--tls-minimum), and has it a certificate? \(portAdvice)"
                    : "\(portAdvice) Has the server a certificate? \(version)?")
        case .closed(asksForCertificate: true):
            let advice = "See the server's log; --client-certificate and --client-key are what it is shown."
            if settings.tls.client == nil { return failed("the server wants a client certificate", advice) }
            return LDAPError(
                .clientCertificateRefused, doing: doing, because: "the server does not take our client certificate", advice: advice)
        case .closed:
            return failed(
                "the server closed the connection in the middle of the handshake",
                "Does the server speak version \(minimum.rawValue) of TLS or a newer one, and does it want a client certificate? Its log may say more. Else try again."
            )
        case .other(let words):
            return failed(
                words, "If it happens again, the server's log may say more, or something between here and there changes what is sent.")
        }
    }

    private func tooOld(_ doing: String) -> LDAPError {
        let minimum = settings.tls.minimumVersion
        return LDAPError(
            .tlsFailed, doing: doing,
            because: "the server speaks only a version of TLS that is too old (it is to be \(minimum.rawValue) at least)",
            advice: minimum == .v13
                ? "Have a newer version switched on at the server, or leave --tls-minimum at 1.2."
                : "Have a newer version switched on at the server; versions before 1.2 are not spoken here.")
    }

    private var portAdvice: String {
        settings.startTLS
            ? "The server took StartTLS and then went on without: see its log."
            : "Is it the port of ldaps:// (636 as a rule)? On that of ldap:// use --start-tls."
    }

    /// The certificate that a server shows, whatever it is worth; `nil` when it cannot be had.
    ///
    /// libldap lets a connection that failed go together with the certificate. So it is asked for over another one, on which nothing but the
    /// handshake is sent, no certificate of ours either.
    private static func shownCertificate(of settings: ConnectionSettings, minimum: TLSSettings.Version? = nil) -> PeerCertificate? {
        var asking = settings
        asking.tls = TLSSettings(
            certificateCheck: .off(reason: "only to say what is wrong"), minimumVersion: minimum ?? settings.tls.minimumVersion)
        asking.limits.connect = min(settings.limits.connect, .seconds(3))
        asking.limits.response = min(settings.limits.response, .seconds(3))
        do throws(LDAPError) { return try open(asking).shownCertificate } catch { return nil }
    }

    /// The certificate that the server has shown on this connection.
    var shownCertificate: PeerCertificate? {
        var der = unsafe berval()
        guard unsafe ldap_get_option(handle, LDAP_OPT_X_TLS_PEERCERT, &der) == LDAP_OPT_SUCCESS, let start = unsafe der.bv_val else {
            return nil
        }
        defer { unsafe ldap_memfree(start) }
        return unsafe PeerCertificate([UInt8](UnsafeRawBufferPointer(start: start, count: Int(der.bv_len))))
    }
}

/// Why GnuTLS does not take a certificate (gnutls_certificate_status_t), in an administrator's words.
private struct CertificateStatus {
    private(set) var reason: String
    private(set) var advice = "Have the server's certificate renewed."

    init(_ bits: UInt32, shown: PeerCertificate?) {
        func has(_ bit: Int) -> Bool { bits & 1 << bit != 0 }
        var reasons: [String] = []
        if has(10) { reasons.append("the certificate has expired" + (shown.map { " (its last day was \($0.lastDay))" } ?? "")) }
        if has(9) {
            reasons.append("the certificate is not valid yet" + (shown.map { " (its first day is \($0.firstDay))" } ?? ""))
            advice = "Is the clock of this machine right? Otherwise have the server given a certificate of today."
        }
        if has(5) { reasons.append("the certificate has been revoked") }
        if has(8) { reasons.append("the certificate is signed by a method that is no longer safe, such as SHA-1, or its key is too short") }
        if has(11) { reasons.append("the certificate's signature is not its issuer's") }
        if has(16) || has(18) { reasons.append("the certificate, or its issuer's, may not be used for a server") }
        if has(6) || has(7) || reasons.isEmpty {
            reasons.append("the certificate's issuer is not trusted" + (shown.map { " (\($0.issuer))" } ?? ""))
            advice = "If it is the right issuer, name its certificate's file with --ca-file."
        }
        reason = reasons.joined(separator: ", and ")
    }
}
