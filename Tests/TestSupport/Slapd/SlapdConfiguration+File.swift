extension SlapdConfiguration {
    /// The name of a database's folder within the server's.
    static func folder(ofDatabase index: Int) -> String { "db\(index + 1)" }

    /// The text of `slapd.conf`; writes the schema files that it includes.
    func file(in folder: TemporaryFolder, pki: TestPKI?) throws -> String {
        var lines: [String] = []
        for (index, schema) in schemas.enumerated() {
            switch schema {
            case .packaged(let name): lines.append("include /etc/ldap/schema/\(name).schema")
            case .text(let text): lines.append("include \(try folder.write(text + "\n", to: "\(index).schema"))")
            }
        }
        lines += ["modulepath /usr/lib/ldap", "moduleload back_mdb"] + modules.map { "moduleload \($0)" }
        lines += ["pidfile $T/slapd.pid", "threads 4", "sasl-host \(saslHost)"]
        if let pki, let certificate { lines += Self.tlsLines(certificate, pki) }
        lines += self.lines
        // Lets tests change the running server's settings, as the first database's root.
        lines += ["database config", #"access to * by dn.exact="\#(database.rootName)" manage by * none"#]
        for (index, database) in databases.enumerated() { lines += database.fileLines(index: index) }
        return lines.map { $0.replacing("$T", with: folder.path) + "\n" }.joined()
    }

    private static func tlsLines(_ certificate: TestPKI.Certificate, _ pki: TestPKI) -> [String] {
        [
            "TLSCACertificateFile \(pki.authorityFile)", "TLSCertificateFile \(pki.certificateFile(certificate))",
            "TLSCertificateKeyFile \(pki.keyFile(certificate))", "TLSVerifyClient try",
        ]
    }
}

extension SlapdConfiguration.Database {
    fileprivate func fileLines(index: Int) -> [String] {
        [
            "database mdb", #"suffix "\#(suffix)""#, #"rootdn "\#(rootName)""#, "rootpw \(PrivateSlapd.rootPassword)", "maxsize 1073741824",
            "directory $T/\(SlapdConfiguration.folder(ofDatabase: index))", "dbnosync",
        ] + indexes.map { "index \($0)" } + limits.map { "limits \($0)" } + access.map { "access \($0)" } + lines
    }
}
