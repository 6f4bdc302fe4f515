internal import CLibLDAP

/// What a SASL mechanism may ask of us.
@safe final class SASLAnswers {
    let name: String
    let password: Secret?
    /// The name's bytes where they do not move.
    private let lent: Secret

    init(name: String = "", password: Secret? = nil) {
        self.name = name
        self.password = password
        lent = Secret(name.utf8)
    }

    /// Answers one question. What is lent lives as long as this.
    fileprivate func answer(_ question: UnsafeMutablePointer<sasl_interact_t>) {
        let answer: Secret?
        switch unsafe Int32(truncatingIfNeeded: question.pointee.id) {
        case SASL_CB_AUTHNAME: answer = lent
        case SASL_CB_PASS: answer = password
        default: answer = nil  // the identity to act as, or a realm: none but what follows from the name
        }
        unsafe question.pointee.result = UnsafeRawPointer(Self.nothing)
        unsafe question.pointee.len = 0
        unsafe answer?.withBerval { value in
            guard let start = unsafe value.bv_val else { return }
            unsafe question.pointee.result = UnsafeRawPointer(start)
            unsafe question.pointee.len = UInt32(value.bv_len)
        }
    }

    nonisolated(unsafe) private static let nothing: UnsafeMutablePointer<CChar> = {
        let byte = UnsafeMutablePointer<CChar>.allocate(capacity: 1)
        unsafe byte.initialize(to: 0)
        return unsafe byte
    }()
}

extension LDAPConnection {
    /// Logs in by SASL EXTERNAL, as whom the server takes us for (an empty authorization identity).
    ///
    /// Where a client certificate is the login, a server that hangs up on it has refused it: TLS 1.3 lets it do so only after the handshake.
    func bindExternal() throws(LDAPError) {
        do throws(LDAPError) { try sendExternal() } catch {
            guard error.code == .connectionLost, settings.usesTLS, settings.tls.client != nil, unsafe !transport.pointee.hasAnswered else {
                throw error
            }
            throw LDAPError(.clientCertificateRefused, doing: error.operation, because: error.reason, advice: error.advice)
        }
    }

    private func sendExternal() throws(LDAPError) {
        let doing = "logging in to \(settings.address) with EXTERNAL"
        var id: Int32 = 0
        var nobody: CChar = 0
        let code = unsafe withUnsafeMutablePointer(to: &nobody) { start in
            // Present but empty: the identity follows from the connection.
            var identity = unsafe berval(bv_len: 0, bv_val: start)
            return unsafe ldap_sasl_bind(handle, nil, "EXTERNAL", &identity, nil, nil, &id)
        }
        guard code == LDAP_SUCCESS else { throw connectionFailed(doing) }
        let result = try result(of: id, type: 0x61, doing: doing)  // BindResponse
        guard result.code != LDAP_SUCCESS else { return }
        let error = result.error(doing, advice: externalAdvice(result.code))
        // What slapd says to whom it does not know by a certificate.
        guard result.code == LDAP_AUTH_METHOD_NOT_SUPPORTED else { throw error }
        throw LDAPError(.loginImpossible, doing: doing, because: error.reason, advice: error.advice)
    }

    private func externalAdvice(_ code: Int32) -> String? {
        guard code != LDAP_BUSY, code != LDAP_UNAVAILABLE else { return nil }
        return settings.address.transport == .ldapi
            ? "The server knows us by the local socket's user; it must map that user to an account."
            : "The server knows us by our certificate: give --client-certificate and --client-key, which it must trust and map to an account, over ldaps:// or --start-tls."
    }

    /// Logs in by a mechanism of Cyrus SASL's, step by step, each within the connection's limits.
    ///
    /// The name of the service is the host's as it was given: no name server is asked for another (RFC 4752 would take that name for the ticket).
    func bindBySASL(_ mechanism: String, _ answers: SASLAnswers) throws(LDAPError) {
        let doing = "logging in to \(settings.address) with \(mechanism)" + (answers.name.isEmpty ? "" : " as '\(answers.name)'")
        if let password = answers.password {
            guard !password.isEmpty, !answers.name.isEmpty, !answers.name.utf8.contains(0) else {
                throw LDAPError(
                    password.isEmpty ? .emptyPassword : .badSetting, doing: doing,
                    because: password.isEmpty ? "the password is empty" : "the bind name is empty or holds a null character")
            }
        }
        try setSASLOptions(mechanism)
        let choice = mechanism == "GSSAPI" ? mechanism : try boundMechanisms(mechanism)
        let argument = unsafe Unmanaged.passUnretained(answers).toOpaque()
        var message: LDAPMessage?
        // libldap takes it back in the next round; without it, it would go on with an anonymous login, and say success.
        var chosen: UnsafePointer<CChar>?
        // SCRAM takes two rounds, GSSAPI three or four.
        for _ in 1...16 {
            var id: Int32 = 0
            let before = unsafe message?.pointer
            let code = unsafe ldap_sasl_interactive_bind(
                handle, nil, choice, nil, nil, UInt32(LDAP_SASL_QUIET), answerAll, argument, before, &chosen, &id)
            if code == LDAP_SUCCESS { return try checkLayer(mechanism, doing) }
            guard code == LDAP_SASL_BIND_IN_PROGRESS else { throw saslFailed(code, mechanism, doing) }
            let next = try nextMessage(of: id, doing: doing)
            guard ber_tag_t(next.type) == 0x61 else {  // BindResponse
                throw LDAPError(.protocolViolation, doing: doing, because: "the server answered with message type \(next.type)")
            }
            message = consume next
        }
        throw LDAPError(.protocolViolation, doing: doing, because: "the server went on asking after 16 rounds")
    }

    /// What Cyrus SASL is told of the server's choice of mechanisms: within TLS the one that binds the login to the channel goes first, where the
    /// server offers it (RFC 5802, section 6).
    ///
    /// Where it does not, the name goes in twice: only from a list does Cyrus SASL choose, and tell the server that it would have bound the login.
    /// A server that can do so knows then that somebody in the middle took its offer out, and refuses.
    private func boundMechanisms(_ mechanism: String) throws(LDAPError) -> String {
        guard settings.usesTLS else { return mechanism }
        let bound = mechanism + "-PLUS"
        return try offersMechanism(bound) ? "\(bound) \(mechanism)" : "\(mechanism) \(mechanism)"
    }

    private func offersMechanism(_ mechanism: String) throws(LDAPError) -> Bool {
        var isOffered = false
        let request = SearchRequest(base: "", scope: .base, attributes: ["supportedSASLMechanisms"])
        do throws(LDAPError) {
            _ = try search(request) { (entry) throws(LDAPError) in
                try entry.forEachValue { _, name in
                    if unsafe name.withUnsafeBufferPointer({ unsafe $0.elementsEqual(mechanism.utf8) }) { isOffered = true }
                }
            }
        } catch {
            // Some servers show even this only to who has logged in.
            guard case .server = error.code.origin else { throw error }
        }
        return isOffered
    }

    private func setSASLOptions(_ mechanism: String) throws(LDAPError) {
        guard unsafe cldap_set_flag(handle, LDAP_OPT_X_SASL_NOCANON, 1) == LDAP_OPT_SUCCESS else { throw cannotSet("SASL's host name") }
        var properties = "noanonymous,noplain"
        if mechanism == "GSSAPI" {
            // Active Directory takes no second layer within TLS; without TLS, messages must at least be signed.
            properties += settings.usesTLS ? ",maxssf=0" : ",minssf=1"
        }
        try set(LDAP_OPT_X_SASL_SECPROPS, to: properties)
        // RFC 5929, section 4: a login passed on by somebody in the middle is of no use to him.
        if settings.usesTLS { try set(LDAP_OPT_X_SASL_CBINDING, to: Int32(LDAP_OPT_X_SASL_CBINDING_TLS_ENDPOINT)) }
    }

    /// Without TLS, GSSAPI must have put a layer of its own around what follows.
    private func checkLayer(_ mechanism: String, _ doing: String) throws(LDAPError) {
        guard mechanism == "GSSAPI", !isIntegrityProtected else { return }
        throw LDAPError(
            .protocolViolation, doing: doing, because: "the connection is not signed after the login",
            advice: "Use ldaps:// or --start-tls.")
    }

    /// As whom the SASL mechanism has logged us in: with GSSAPI, the principal of the ticket. `nil` after other logins.
    public var saslUserName: String? {
        var name: UnsafeMutablePointer<CChar>?
        guard unsafe ldap_get_option(handle, LDAP_OPT_X_SASL_USERNAME, &name) == LDAP_OPT_SUCCESS, let text = unsafe name else {
            return nil
        }
        defer { unsafe ldap_memfree(text) }
        return unsafe String(cString: text)
    }

    private func saslFailed(_ code: Int32, _ mechanism: String, _ doing: String) -> LDAPError {
        let text = detail
        // Cyrus SASL's words at the server, and those of the Kerberos library.
        if settings.usesTLS, ["channel binding", "Channel binding", "Incorrect channel"].contains(where: text.contains) {
            return LDAPError(
                .invalidCredentials, doing: doing, because: ResultCodeText.name(of: code) + text,
                advice:
                    "The login is bound to this TLS connection, and the server sees another one: somebody between here and the server, such as a TLS proxy, ends TLS there."
            )
        }
        let package = mechanism == "GSSAPI" ? "libsasl2-modules-gssapi-mit" : "libsasl2-modules"
        switch code {
        case LDAP_AUTH_UNKNOWN:
            return LDAPError(
                .loginImpossible, doing: doing, because: "\(mechanism) cannot be used\(detail)",
                advice: "This machine needs the package \(package) for it, and the server must offer it ('check' shows what it offers).")
        case LDAP_LOCAL_ERROR:
            return LDAPError(
                .loginImpossible, doing: doing, because: "\(mechanism) failed on our side\(detail)",
                advice: mechanism == "GSSAPI"
                    ? "Get a ticket with kinit, or give --keytab; --directory must name the host as in its service principal ldap/HOST."
                    : "")
        case LDAP_STRONG_AUTH_REQUIRED where mechanism == "GSSAPI" && settings.usesTLS:
            return LDAPError(
                .strongerAuthRequired, doing: doing, because: ResultCodeText.name(of: code) + detail,
                advice:
                    "This server wants GSSAPI to encrypt the connection itself: use ldap:// without --start-tls. (To let it in within TLS, Samba has 'ldap server require strong auth = allow_sasl_over_tls'.)"
            )
        case LDAP_INVALID_CREDENTIALS where mechanism == "GSSAPI":
            return LDAPError(
                .invalidCredentials, doing: doing, because: ResultCodeText.name(of: code) + detail,
                advice:
                    "The server does not take the Kerberos ticket: is it for this server's principal of today, and are both clocks right?"
                    + (settings.usesTLS
                        ? " The login is bound to this TLS connection: a TLS proxy in between, or somebody else, makes it worthless." : ""))
        case LDAP_OPERATIONS_ERROR, LDAP_AUTH_METHOD_NOT_SUPPORTED:
            return LDAPError(
                .loginImpossible, doing: doing, because: ResultCodeText.name(of: code) + detail,
                advice: "As it seems, the server does not take it: choose another --login.")
        case 1...:
            return LDAPError(
                // What slapd says of a name that it does not know.
                code == LDAP_OTHER ? .loginImpossible : .server(code), doing: doing, because: ResultCodeText.name(of: code) + detail,
                advice: [LDAP_INVALID_CREDENTIALS, LDAP_OTHER].contains(code) && mechanism != "GSSAPI"
                    ? "Check --bind-name (with SCRAM a user's plain name, as a rule, and no DN) and the password."
                    : ResultCodeText.advice(for: .server(code), saying: detail))
        default: return connectionFailed(doing)
        }
    }
}

/// Answers a mechanism's questions from the `SASLAnswers` behind `argument`.
private func answerAll(
    _: OpaquePointer?, _: UInt32, _ argument: UnsafeMutableRawPointer?, _ questions: UnsafeMutableRawPointer?
) -> Int32 {
    guard let argument = unsafe argument, var question = unsafe questions?.assumingMemoryBound(to: sasl_interact_t.self) else {
        return LDAP_PARAM_ERROR
    }
    let answers = unsafe Unmanaged<SASLAnswers>.fromOpaque(argument).takeUnretainedValue()
    while unsafe question.pointee.id != UInt(SASL_CB_LIST_END) {
        unsafe answers.answer(question)
        unsafe question += 1
    }
    return LDAP_SUCCESS
}
