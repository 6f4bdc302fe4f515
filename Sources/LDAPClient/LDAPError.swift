/// What went wrong between this program and a directory server: one code, what was being done, and what to do next.
public struct LDAPError: Error, Sendable, Equatable {
    /// Which failure it was. Open: more codes may come, and a server may send one that has no name here.
    public struct Code: Sendable, Hashable {
        /// Who says so. The numbers of the three have nothing to do with each other.
        public enum Origin: Sendable {
            /// An LDAP result code of the server's (RFC 4511, appendix A).
            case server
            /// A code of libldap's own; negative.
            case library
            /// This module's own judgement.
            case client
        }

        /// Who says so.
        public let origin: Origin
        /// The number, in the numbering of `origin`.
        public let value: Int32

        /// A result code that the server sent.
        public static func server(_ value: Int32) -> Code { Code(origin: .server, value: value) }
        /// An error code of libldap's.
        public static func library(_ value: Int32) -> Code { Code(origin: .library, value: value) }
        private static func client(_ value: Int32) -> Code { Code(origin: .client, value: value) }

        /// RFC 4511: the server stopped at a time limit.
        public static let timeLimitExceeded = server(3)
        /// RFC 4511: the server stopped at a size limit.
        public static let sizeLimitExceeded = server(4)
        /// RFC 4511: the server wants a stronger login, or TLS first.
        public static let strongerAuthRequired = server(8)
        /// RFC 4511: the base lies on another server.
        public static let referral = server(10)
        /// RFC 4511: an administrative limit was met.
        public static let adminLimitExceeded = server(11)
        /// RFC 4511: the server does not know, or does not allow, a control that the request depends on.
        public static let unavailableCriticalExtension = server(12)
        /// RFC 4511: TLS is needed first.
        public static let confidentialityRequired = server(13)
        /// RFC 4511: the entry does not exist.
        public static let noSuchObject = server(32)
        /// RFC 4511: a name that is not a DN.
        public static let invalidDNSyntax = server(34)
        /// RFC 4511: this login may not do this without a password.
        public static let inappropriateAuthentication = server(48)
        /// RFC 4511: name or password is wrong.
        public static let invalidCredentials = server(49)
        /// RFC 4511: the account has no right to do this.
        public static let insufficientAccessRights = server(50)
        /// RFC 4511: the server is too busy.
        public static let busy = server(51)
        /// RFC 4511: the server is going down.
        public static let unavailable = server(52)
        /// RFC 4511: the server will not do this.
        public static let unwillingToPerform = server(53)
        /// RFC 4533: the server takes the cookie no more; everything must be read anew.
        public static let syncRefreshRequired = server(4096)

        /// The text is not a server's address.
        public static let badAddress = client(1)
        /// No connection could be made.
        public static let cannotConnect = client(2)
        /// The connection broke.
        public static let connectionLost = client(3)
        /// A time limit of ours ran out.
        public static let timedOut = client(4)
        /// Somebody asked to stop (Ctrl-C, SIGTERM).
        public static let interrupted = client(5)
        /// TLS could not be set up: certificate, name, version, or no TLS at all.
        public static let tlsFailed = client(6)
        /// The filter is not one of RFC 4515.
        public static let badFilter = client(7)
        /// A bind name without a password: RFC 4513, section 5.1.2, would make it an anonymous login that looks like a success.
        public static let emptyPassword = client(8)
        /// The server sent something that the protocol does not allow here.
        public static let protocolViolation = client(9)
        /// A setting cannot be used: an unreadable CA file, for instance.
        public static let badSetting = client(10)
        /// The login method cannot be used: no ticket, no module for it here, or the server does not offer it.
        public static let loginImpossible = client(11)
        /// What was read did not stand up to a second look.
        public static let unverified = client(12)
        /// A file that a setting names is missing or cannot be read.
        public static let unreadableFile = client(13)
        /// A file with a secret can be read by others.
        public static let exposedFile = client(14)
        /// The server does not take our client certificate.
        public static let clientCertificateRefused = client(15)
    }

    /// Which failure it was.
    public let code: Code
    /// What was being done, such as `reading below o=CONTOSO on ldap://ex01:390`.
    public let operation: String
    /// What went wrong, in words; the server's or libldap's own text included.
    public let reason: String
    /// What to do next. May be empty.
    public let advice: String
    /// Where the server refers to, as URLs (RFC 4511, section 4.1.10); empty for most errors.
    public let references: [String]
    /// How far a search had come; `nil` when it was no search that failed.
    public internal(set) var search: SearchProgress?

    /// How far a search had come when it failed.
    public struct SearchProgress: Sendable, Equatable {
        /// How many entries the page at hand was asked for; `nil` when the search was not paged.
        public var pageSize: Int?
        /// How many pages had come whole.
        public var pages = 0
        /// How many entries had come, those of the page at hand included.
        public var entries = 0
        /// How many entries of the page at hand had come.
        public var entriesOfPage = 0
    }

    /// An error from its parts.
    public init(_ code: Code, doing operation: String, because reason: String, advice: String = "", references: [String] = []) {
        self.code = code
        self.operation = operation
        self.reason = reason
        self.advice = advice
        self.references = references
    }
}

extension LDAPError {
    /// Whether it was a search in pages that failed, and because the server does not page at all, for this account at least.
    public var refusesPaging: Bool {
        guard let search, search.pageSize != nil, search.pages == 0 else { return false }
        return ResultCodeText.refusesPaging(code, saying: reason)
    }

    /// Whether it is the server or the way to it that fails, so that another server, or a later time, may do: a restart, too much to do, a break of the network.
    public var isOutage: Bool { [.cannotConnect, .connectionLost, .timedOut, .busy, .unavailable].contains(code) }

    /// The same error with another advice, for who knows better what to do.
    public func advising(_ advice: String) -> LDAPError {
        var error = LDAPError(code, doing: operation, because: reason, advice: advice, references: references)
        error.search = search
        return error
    }
}

extension LDAPError: CustomStringConvertible {
    /// One sentence on what was being done and what went wrong, and one on what to do. Never holds a password.
    public var description: String { summary + (advice.isEmpty ? "" : " \(advice)") }

    /// The first of the two, for who does already what the other says.
    public var summary: String { "\(operation) failed: \(reason)." }
}
