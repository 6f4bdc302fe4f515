internal import CLibLDAP
internal import Glibc

/// One message from the server; owns libldap's memory of it.
@safe struct LDAPMessage: ~Copyable {
    let pointer: OpaquePointer
    /// The kind of message, as RFC 4511's protocolOp tag.
    let type: Int32

    init(takingOwnershipOf pointer: OpaquePointer, type: Int32) {
        unsafe self.pointer = pointer
        self.type = type
    }

    deinit { unsafe ldap_msgfree(pointer) }
}

/// What a result message says (RFC 4511, section 4.1.9), without the controls.
struct OperationResult {
    var code: Int32
    var matchedDN: String
    var text: String
    var referrals: [String]
    /// The paged-results cookie (RFC 2696); `nil` when the server sent no such control.
    var pageCookie: [UInt8]?

    /// `noSuchObject (32): text of the server`.
    var inWords: String {
        var words = ResultCodeText.name(of: code)
        if !text.isEmpty { words += ", \(text.withoutEnd)" }
        if !matchedDN.isEmpty { words += "; the nearest entry that exists is '\(matchedDN)'" }
        if !referrals.isEmpty { words += "; the server refers to \(referrals.joined(separator: ", "))" }
        return words
    }

    /// The error that this result is.
    ///
    /// `advice`: what to do, where that is not what the code alone suggests.
    func error(_ doing: String, advice: String? = nil) -> LDAPError {
        let code = wantsLogin ? .insufficientAccessRights : LDAPError.Code.server(code)
        return LDAPError(
            code, doing: doing, because: inWords, advice: advice ?? ResultCodeText.advice(for: code, saying: text), references: referrals)
    }

    /// What Active Directory says to somebody who has not logged in: operationsError, Windows and Samba each in words of their own.
    private var wantsLogin: Bool {
        code == LDAP_OPERATIONS_ERROR && (text.contains("a successful bind must be completed") || text.contains("without authentication"))
    }
}

/// How many messages are likely to follow on the next one.
///
/// A server writes each entry by itself. Whoever wakes for every one of them reads often and little, and takes time of a processor from it
/// when both share the machine; who rests reads much at once. Meanwhile the server's small packets go on being received, and where it is
/// ahead of that, they gather on its side and come in large ones, which costs it half the work.
enum MessageFlow {
    /// None, or nobody knows.
    case single
    /// So few that a long rest would have the server wait.
    case hundreds
    /// So many that the server is never out of work.
    case thousands

    /// What is likely to follow with `left` entries to come.
    init(left: Int) {
        // The end of a page is waited for, so that the next page can be asked for at once.
        self = left > 2000 ? .thousands : left > 200 ? .hundreds : .single
    }

    /// How long to rest where nothing is there; `nil` to wait for what comes.
    var rest: Duration? {
        switch self {
        case .single: nil
        case .hundreds: .milliseconds(2)
        case .thousands: .milliseconds(16)
        }
    }

    /// After so much rest without anything the server does something else, and what comes is waited for.
    static let longestRest = Duration.milliseconds(48)
}

extension LDAPConnection {
    /// Waits for the next message that answers operation `id`.
    ///
    /// `flow` says how many others are likely to follow closely: then it is cheaper to rest a little than to wake for every packet.
    func nextMessage(of id: Int32, in flow: MessageFlow = .single, doing: String) throws(LDAPError) -> LDAPMessage {
        // The silence begins when nothing is there; in a stream of entries something is, nearly always.
        unsafe transport.pointee.silenceEnds = nil
        var rested = Duration.zero
        while true {
            var message: OpaquePointer?
            var none = timeval(tv_sec: 0, tv_usec: 0)
            let type = unsafe ldap_result(handle, id, LDAP_MSG_ONE, &none, &message)
            if type > 0, let message = unsafe message {
                unsafe transport.pointee.hasAnswered = true
                let taken = unsafe LDAPMessage(takingOwnershipOf: message, type: type)
                guard unsafe transport.pointee.takesMessage() else { throw connectionFailed(doing) }
                return taken
            }
            guard type == 0, unsafe transport.pointee.mayGoOn() else { throw connectionFailed(doing) }
            let quietUntil = unsafe transport.pointee.silenceEnds ?? .now + settings.limits.response
            unsafe transport.pointee.silenceEnds = quietUntil
            // The rest of a message that came in several TLS records, or in several layers of SASL: nothing more will come to the socket.
            if holdsData && .now < quietUntil { continue }
            if let rest = flow.rest, rested < MessageFlow.longestRest, .now < quietUntil {
                rested += rest
                usleep(rest.microseconds)
                continue
            }
            guard unsafe transport.pointee.waits(for: POLLIN, on: socket) else { throw connectionFailed(doing) }
        }
    }

    /// Waits for the one result of operation `id`, which must be of the kind `type` (RFC 4511's protocolOp tag).
    func result(of id: Int32, type: ber_tag_t, doing: String) throws(LDAPError) -> OperationResult {
        let message = try nextMessage(of: id, doing: doing)
        guard ber_tag_t(message.type) == type else {
            throw LDAPError(.protocolViolation, doing: doing, because: "the server answered with message type \(message.type)")
        }
        return try parse(message, doing: doing)
    }

    /// Reads a result message.
    func parse(_ message: borrowing LDAPMessage, doing: String) throws(LDAPError) -> OperationResult {
        var code: Int32 = 0
        var matched: UnsafeMutablePointer<CChar>?
        var text: UnsafeMutablePointer<CChar>?
        var referrals: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?
        var controls: UnsafeMutablePointer<UnsafeMutablePointer<LDAPControl>?>?
        let parsed = unsafe ldap_parse_result(handle, message.pointer, &code, &matched, &text, &referrals, &controls, 0)
        defer {
            unsafe ldap_memfree(matched)
            unsafe ldap_memfree(text)
            if let referrals = unsafe referrals {
                unsafe ldap_memvfree(UnsafeMutableRawPointer(referrals).assumingMemoryBound(to: UnsafeMutableRawPointer?.self))
            }
            if let controls = unsafe controls { unsafe ldap_controls_free(controls) }
        }
        // ldap_parse_result returns the code of a bind that failed, too; only a client-side code means that nothing was parsed.
        guard parsed >= 0, code >= 0 else {
            throw LDAPError(
                .protocolViolation, doing: doing, because: "the server's answer cannot be read (\(ResultCodeText.name(of: parsed)))")
        }
        // libldap would keep the server's text, and show it as that of a later failure, too.
        unsafe ldap_set_option(handle, LDAP_OPT_DIAGNOSTIC_MESSAGE, nil)
        return try unsafe OperationResult(
            code: code, matchedDN: String(libldap: matched), text: String(libldap: text), referrals: [String](libldap: referrals),
            pageCookie: Self.pageCookie(in: controls, doing: doing))
    }
}

extension String {
    /// The text without what would stand before our own full stop: one of its own, or Cyrus SASL's colon with nothing behind it.
    var withoutEnd: String {
        var text = self[...]
        while let last = text.last, last.isWhitespace || last == ":" || last == "." { text.removeLast() }
        return String(text)
    }

    /// A copy of libldap's text; empty for none. Bytes that are not UTF-8 come as U+FFFD: this is text for people only.
    init(libldap text: UnsafePointer<CChar>?) {
        self = unsafe text.map { unsafe String(cString: $0) } ?? ""
    }
    init(libldap text: UnsafeMutablePointer<CChar>?) {
        self = unsafe text.map { unsafe String(cString: $0) } ?? ""
    }
}

extension [String] {
    /// Copies of a list of texts that ends with NULL.
    init(libldap list: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?) {
        self = []
        guard var next = unsafe list else { return }
        while let text = unsafe next.pointee {
            unsafe append(String(cString: text))
            unsafe next += 1
        }
    }
}
