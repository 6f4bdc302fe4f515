public import Records

/// ldapsearch command lines that ask what the program asked; the password is left out and asked for.
public struct SearchLine: Sendable {
    private let start: String

    /// Lines for the directory of a plan.
    public init(_ header: PlanHeader) {
        self.init(header.directory, startTLS: header.settings["start-tls"] == "true", caFile: header.settings["ca-file"])
    }

    /// Lines for a directory that was read.
    public init(_ directory: ReadProof, startTLS: Bool, caFile: String?) {
        let trust = caFile.map { "LDAPTLS_CACERT=\($0.shellQuoted) " } ?? ""
        let login = directory.boundAs.isEmpty ? "" : " -D \(directory.boundAs.shellQuoted) -W"
        // -ZZ: without TLS nothing is sent.
        start = "\(trust)ldapsearch -x -LLL\(startTLS ? " -ZZ" : "") -H \(directory.source.shellQuoted)\(login)"
    }

    /// One line.
    public func text(base: String, scope: String = "sub", filter: String = "") -> String {
        "\(start)\(scope == "sub" ? "" : " -s \(scope)") -b \(base.shellQuoted)\(filter.isEmpty ? "" : " " + filter.shellQuoted)"
    }

    /// The value with the characters escaped that have a meaning in a filter (RFC 4515).
    static func filterValue(_ text: String) -> String {
        text.utf8.map { byte in
            "()*\\".utf8.contains(byte) || byte < 0x20 || byte >= 0x7F
                ? "\\" + (byte < 16 ? "0" : "") + String(byte, radix: 16) : String(UnicodeScalar(byte))
        }.joined()
    }
}
