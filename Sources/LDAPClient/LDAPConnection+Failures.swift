internal import CLibLDAP

extension LDAPConnection {
    /// The error for an operation that libldap ended with "cannot reach the server", from what is known of why.
    func connectionFailed(_ doing: String) -> LDAPError {
        if let failure = unsafe transport.pointee.failure { return settings.gaveUp(failure, doing) }
        var code: Int32 = 0
        unsafe ldap_get_option(handle, LDAP_OPT_RESULT_CODE, &code)
        switch code {
        case LDAP_FILTER_ERROR: return LDAPError(.badFilter, doing: doing, because: "the filter is not one of RFC 4515")
        case LDAP_TIMEOUT:
            return unsafe settings.gaveUp(.timedOut(transport.pointee.patience), doing)
        case LDAP_DECODING_ERROR:
            return LDAPError(
                .protocolViolation, doing: doing, because: "the server sent something that is not LDAP\(detail)",
                advice: "Check host and port: is another kind of server listening there?")
        default:
            if unsafe settings.usesTLS && !transport.pointee.hasAnswered { return closedAfterTLS(doing) }
            let isMute = unsafe !transport.pointee.hasAnswered && settings.address.transport == .ldap
            return LDAPError(
                .connectionLost, doing: doing, because: "the connection was lost (\(ResultCodeText.name(of: code)))\(detail)",
                advice: "Nothing that was read is used; try again."
                    + (isMute
                        ? " The server has not answered in LDAP at all: does it want TLS on this port (ldaps://), or is it another kind of server?"
                        : ""))
        }
    }

    /// libldap's diagnostic text, led by a comma; empty when there is none.
    var detail: String {
        var text: UnsafeMutablePointer<CChar>?
        guard unsafe ldap_get_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, &text) == LDAP_OPT_SUCCESS, let message = unsafe text else {
            return ""
        }
        defer { unsafe ldap_memfree(message) }
        let words = unsafe String(cString: message).withoutEnd
        return words.isEmpty || words.contains("unknown error code") ? "" : ", \(words)"
    }
}

extension LDAPError {
    /// Somebody asked to stop.
    static func interrupted(_ doing: String) -> LDAPError {
        LDAPError(.interrupted, doing: doing, because: "it was interrupted")
    }
}

extension ConnectionSettings {
    /// The error for a wait that was given up.
    func gaveUp(_ failure: TransportState.Failure, _ doing: String) -> LDAPError {
        switch failure {
        case .cancelled: return .interrupted(doing)
        case .timedOut(let patience):
            return LDAPError(
                .timedOut, doing: doing, because: "the server did not answer within \(patience.inWords)",
                advice: "Check that an LDAP server listens there, or give it longer with --connect-timeout or --response-timeout.")
        case .deadlinePassed:
            let isOverall = deadline.map { $0.instant <= .now } ?? false
            return LDAPError(
                .timedOut, doing: doing,
                because: "it was not over within \((isOverall ? deadline?.allowed ?? limits.total : limits.total).inWords)",
                advice: "Give the whole longer with --total-timeout, or one try of one server with --server-timeout.")
        }
    }
}
