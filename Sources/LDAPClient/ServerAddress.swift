/// Where a directory server listens: an LDAP URL's scheme, host and port (RFC 4516; `ldaps` and `ldapi` as OpenLDAP has them).
public struct ServerAddress: Sendable, Hashable {
    /// How the server is reached.
    public enum Transport: String, Sendable {
        /// TCP; plain, or protected after StartTLS. Port 389.
        case ldap
        /// TCP with TLS from the first byte. Port 636.
        case ldaps
        /// A local socket; the path is percent-encoded in place of the host.
        case ldapi
    }

    /// How the server is reached.
    public let transport: Transport
    /// Host name or address, without the brackets of an IPv6 address; for `ldapi` the decoded socket path.
    public let host: String
    /// The port; `nil` for `ldapi`.
    public let port: Int?

    /// Reads `ldap://host[:port]`, `ldaps://host[:port]` or `ldapi://%2Fpath`; a bare `host[:port]` means `ldap://`.
    ///
    /// Throws an `LDAPError` with `.badAddress` when the text is none of these. No name is looked up.
    public init(_ text: String) throws(LDAPError) {
        func refuse(_ why: String) -> LDAPError {
            // What stands before an @ may be a password.
            let shown = text.lastIndex(of: "@").map { "…" + text[$0...] } ?? text
            return LDAPError(
                .badAddress, doing: "reading the server address '\(shown)'", because: why,
                advice: "Give ldap://host[:port], ldaps://host[:port], ldapi://%2Fpath%2Fto%2Fsocket, srv:DOMAIN, or ldif:FILE.")
        }
        var rest = text[...]
        if let mark = text.range(of: "://") {
            guard let transport = Transport(rawValue: text[..<mark.lowerBound].lowercased()) else {
                throw refuse("'\(text[..<mark.lowerBound])' is not a way to reach an LDAP server")
            }
            self.transport = transport
            rest = text[mark.upperBound...]
        } else {
            transport = .ldap
        }
        if rest.hasSuffix("/") { rest.removeLast() }
        guard !rest.contains("@") else { throw refuse("it holds a user's name; name and password are options of their own") }
        guard !rest.contains("?"), !rest.contains("/") else {
            throw refuse("it holds more than a host and a port; base and filter are options of their own")
        }
        if transport == .ldapi {
            guard let path = Self.percentDecoded(rest), path.hasPrefix("/") else {
                throw refuse("the socket's path must be absolute, with %2F for each slash")
            }
            host = path
            port = nil
            return
        }
        let (name, number) = Self.splitPort(rest)
        guard let name, !name.isEmpty else { throw refuse("no host is named") }
        let isBracketed = rest.hasPrefix("[")
        guard isBracketed || !name.contains(":") else { throw refuse("an IPv6 address stands in brackets, as in ldap://[::1]:389") }
        guard name.utf8.allSatisfy({ isBracketed ? $0.isInIPv6Address : $0.isInHostName }) else {
            throw refuse("the host name has a character that no host name has")
        }
        host = String(name)
        if let number {
            guard number.allSatisfy(\.isNumber), let value = Int(number), (1...65535).contains(value) else {
                throw refuse("'\(number)' is not a port between 1 and 65535")
            }
            port = value
        } else {
            port = transport == .ldaps ? 636 : 389
        }
    }

    /// The URL in the form that libldap takes.
    public var url: String {
        switch transport {
        case .ldapi: "ldapi://" + Self.percentEncodedPath(host)
        case .ldap, .ldaps: "\(transport.rawValue)://\(host.contains(":") ? "[\(host)]" : host):\(port ?? 389)"
        }
    }

    /// The URL of the same place with `ldap` for `ldaps`.
    var urlWithoutTLS: String { "ldap" + url.dropFirst(transport == .ldaps ? 5 : 4) }

    private static func splitPort(_ text: Substring) -> (host: Substring?, port: Substring?) {
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return (nil, nil) }
            let host = text[text.index(after: text.startIndex)..<end]
            let rest = text[text.index(after: end)...]
            if rest.isEmpty { return (host, nil) }
            return rest.hasPrefix(":") ? (host, rest.dropFirst()) : (nil, nil)
        }
        guard let colon = text.lastIndex(of: ":") else { return (text, nil) }
        return (text[..<colon], text[text.index(after: colon)...])
    }

    private static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard rest.count >= 2, rest.prefix(2).allSatisfy({ $0 != UInt8(ascii: "+") }),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16), value != 0
            else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func percentEncodedPath(_ path: String) -> String {
        path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
                String(UnicodeScalar(byte))
            default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }.joined()
    }
}

extension ServerAddress: CustomStringConvertible {
    /// The URL.
    public var description: String { url }
}

extension UInt8 {
    fileprivate var isInHostName: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"):
            true
        default: false
        }
    }

    fileprivate var isInIPv6Address: Bool { isInHostName || self == UInt8(ascii: ":") }
}

extension String {
    /// The first place where `part` stands; Foundation has this too, but this module does without it.
    fileprivate func range(of part: String) -> Range<String.Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(part) { return start..<index(start, offsetBy: part.count) }
            start = index(after: start)
        }
        return nil
    }
}
