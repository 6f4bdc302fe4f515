internal import CLibLDAP
internal import Glibc

extension LDAPConnection {
    /// The error for an operation that libldap ended with "cannot reach the server", from what is known of why.
    func connectionFailed(_ doing: String) -> LDAPError {
        let number = errno
        if let failure = unsafe transport.pointee.failure { return gaveUp(failure, doing) }
        var code: Int32 = 0
        unsafe ldap_get_option(handle, LDAP_OPT_RESULT_CODE, &code)
        switch code {
        case LDAP_FILTER_ERROR: return LDAPError(.badFilter, doing: doing, because: "the filter is not one of RFC 4515")
        case LDAP_TIMEOUT:
            return unsafe gaveUp(.timedOut(transport.pointee.patience), doing)
        case LDAP_DECODING_ERROR:
            return LDAPError(
                .protocolViolation, doing: doing, because: "the server sent something that is not LDAP\(detail)",
                advice: "Check host and port: is another kind of server listening there?")
        default: return unreachable(doing, code: code, number: number)
        }
    }

    private func unreachable(_ doing: String, code: Int32, number: Int32) -> LDAPError {
        let isConnecting = unsafe !transport.pointee.hasConnected
        let reason = isConnecting ? reasonForNoConnection(number) : "the connection was lost (\(ResultCodeText.name(of: code)))\(detail)"
        return LDAPError(
            isConnecting ? .cannotConnect : .connectionLost, doing: doing, because: reason,
            advice: isConnecting
                ? "Check host and port, and that the server is up and reachable from here." : "Nothing that was read is used; try again.")
    }

    /// libldap keeps no reason for a failed connection, so the name is looked up again and the errno is taken as a hint.
    private func reasonForNoConnection(_ number: Int32) -> String {
        if settings.address.transport == .ldapi {
            let why = unsafe String(cString: strerror(number))
            return "there is no server at the socket \(settings.address.host): \(why)"
        }
        var hints = unsafe addrinfo()
        unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var found: UnsafeMutablePointer<addrinfo>?
        let code = unsafe getaddrinfo(settings.address.host, nil, &hints, &found)
        defer {
            if let found = unsafe found { unsafe freeaddrinfo(found) }
        }
        if code != 0 {
            let why = unsafe String(cString: gai_strerror(code))
            return "the host '\(settings.address.host)' is not known: \(why)"
        }
        switch number {
        case ECONNREFUSED, ENOTCONN: return "nothing answers on port \(settings.address.port ?? 0) (connection refused)"
        case 0: return "the server closed the connection"
        default: return unsafe String(cString: strerror(number))
        }
    }

    private func gaveUp(_ failure: TransportState.Failure, _ doing: String) -> LDAPError {
        switch failure {
        case .cancelled: return .interrupted(doing)
        case .timedOut(let patience):
            return LDAPError(
                .timedOut, doing: doing, because: "the server did not answer within \(patience.inWords)",
                advice: "Check that an LDAP server listens there, or give it longer with --connect-timeout or --response-timeout.")
        case .deadlinePassed:
            return LDAPError(
                .timedOut, doing: doing, because: "it was not over within \(settings.limits.total.inWords)",
                advice: "Give the whole read longer with --total-timeout.")
        }
    }

    func tlsFailed(_ doing: String, because reason: String) -> LDAPError {
        var advice = "Check the server's certificate; --ca-file names the CA that signed it."
        if reason.contains("another name") {
            advice = "Use the name that the certificate carries in --directory."
            if settings.address.host == "localhost" {
                advice += " (For 'localhost' libldap expects this machine's full name; 127.0.0.1 is taken as it is.)"
            }
        }
        return LDAPError(.tlsFailed, doing: doing, because: reason, advice: advice)
    }

    /// libldap's diagnostic text, led by a comma; empty when there is none.
    var detail: String {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe ldap_get_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text) == LDAP_OPT_SUCCESS, let message = unsafe text else {
            return ""
        }
        defer { unsafe ldap_memfree(message) }
        var words = unsafe String(cString: message)
        if words.hasSuffix(".") { words.removeLast() }
        return words.isEmpty || words.contains("unknown error code") ? "" : ", \(words)"
    }
}

extension LDAPError {
    /// Somebody asked to stop.
    static func interrupted(_ doing: String) -> LDAPError {
        LDAPError(.interrupted, doing: doing, because: "it was interrupted")
    }
}
