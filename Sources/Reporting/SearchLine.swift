public import Records

/// ldapsearch command lines that ask what the program asked; the password is left out and asked for.
public struct SearchLine: Sendable {
    private let start: String

    /// Lines for the directory of a plan.
    public init(_ header: PlanHeader) {
        self.init(server: header.directory.source, boundAs: header.directory.boundAs, settings: header.settings)
    }

    /// Lines for the server at a URI, asked with these settings, by their names.
    public init(server: String, boundAs: String, settings: [String: String]) {
        let files = [
            ("ca-file", "CACERT"), ("ca-folder", "CACERTDIR"), ("client-certificate", "CERT"), ("client-key", "KEY"),
        ].compactMap { key, variable in settings[key].map { "LDAPTLS_\(variable)=\($0.shellQuoted) " } }
        let startsTLS = settings["start-tls"] == "true" && server.hasPrefix("ldap:")
        let usesTLS = startsTLS || server.hasPrefix("ldaps:")
        var variables = files
        if usesTLS, settings["certificate-check"]?.hasPrefix("off") == true { variables.append("LDAPTLS_REQCERT=never ") }
        if usesTLS, let pin = settings["pinned-key"] { variables.append("LDAPTLS_PEERKEY_HASH=\(pin.shellQuoted) ") }
        if let keytab = settings["keytab"] {
            // In memory: tickets that are there already would be taken instead.
            variables.append("KRB5_CLIENT_KTNAME=\("FILE:\(keytab)".shellQuoted) KRB5CCNAME=MEMORY:ldapsearch ")
        }
        let name = boundAs.shellQuoted
        let (method, login) =
            switch settings["login"]?.lowercased() {
            case "external": ("-Y EXTERNAL", "")
            // -N: no name server is asked for another name of the host.
            case "gssapi": ("-Y GSSAPI -N" + (usesTLS ? " -O maxssf=0" : ""), "")
            case "scram-sha-256": ("-Y SCRAM-SHA-256", " -U \(name) -W")
            default: ("-x", boundAs.isEmpty ? "" : " -D \(name) -W")
            }
        // -ZZ: without TLS nothing is sent.
        start = "\(variables.joined())ldapsearch \(method) -LLL\(startsTLS ? " -ZZ" : "") -H \(server.shellQuoted)\(login)"
    }

    /// One line. `pageSize`: entries in a page; `nil` for no paging. `sizeLimit`: 0 leaves it to the server.
    public func text(
        base: String, scope: String = "sub", filter: String = "", attributes: [String] = [], pageSize: Int? = nil, sizeLimit: Int = 0,
        control: String? = nil
    ) -> String {
        var line = start
        if scope != "sub" { line += " -s \(scope)" }
        if sizeLimit > 0 { line += " -z \(sizeLimit)" }
        if let control { line += " -E \(control.shellQuoted)" }
        if let pageSize { line += " -E pr=\(pageSize)/noprompt" }
        line += " -b \(base.shellQuoted)"
        // Without a filter, ldapsearch takes an attribute with a sign of its own for one.
        if !filter.isEmpty || !attributes.isEmpty { line += " " + (filter.isEmpty ? "(objectClass=*)" : filter).shellQuoted }
        return line + attributes.map { " " + $0.shellQuoted }.joined()
    }

    /// The value with the characters escaped that have a meaning in a filter (RFC 4515).
    static func filterValue(_ text: String) -> String {
        text.utf8.map { byte in
            "()*\\".utf8.contains(byte) || byte < 0x20 || byte >= 0x7F
                ? "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16) : String(UnicodeScalar(byte))
        }.joined()
    }
}
