internal import Glibc

/// The files that TLS reads, looked at before it does: GnuTLS takes a file without certificates for a list of none, and then distrusts
/// everybody without a word on why.
extension TLSSettings {
    /// Throws `.unreadableFile`, `.exposedFile` or `.badSetting` for the first file that cannot serve.
    func checkFiles() throws(LDAPError) {
        if let caFile { try Self.check(caFile, holds: "CERTIFICATE-----", what: "CA file", option: "--ca-file") }
        if let caFolder { try Self.checkIsFolder(caFolder) }
        guard let client else { return }
        try Self.check(client.certificate, holds: "CERTIFICATE-----", what: "client certificate", option: "--client-certificate")
        try Self.check(client.key, holds: "PRIVATE KEY-----", what: "client key", option: "--client-key")
        try Self.checkIsSecret(client.key)
    }

    /// The file of authorities to trust: the system's where no other is named.
    var trustedFile: String? { caFile ?? (caFolder == nil ? Self.systemFile : nil) }

    private static let systemFile: String? = {
        let file = "/etc/ssl/certs/ca-certificates.crt"
        return unsafe access(file, R_OK) == 0 ? file : nil
    }()

    private static func checkIsFolder(_ path: String) throws(LDAPError) {
        let folder = unsafe opendir(path)
        guard let folder = unsafe folder else {
            throw LDAPError(
                .unreadableFile, doing: "reading the CA folder '\(path)'", because: unsafe String(cString: strerror(errno)),
                advice: "Give --ca-folder a folder of certificate files in PEM form.")
        }
        unsafe closedir(folder)
    }

    /// The file must hold a block of PEM (RFC 7468) whose first line ends so.
    private static func check(_ file: String, holds end: String, what: String, option: String) throws(LDAPError) {
        func refuse(_ code: LDAPError.Code, _ why: String) -> LDAPError {
            LDAPError(
                code, doing: "reading the \(what) '\(file)'", because: why,
                advice: "Give \(option) a readable file in PEM form.")
        }
        let stream = unsafe fopen(file, "re")
        guard let stream = unsafe stream else { throw unsafe refuse(.unreadableFile, String(cString: strerror(errno))) }
        defer { unsafe fclose(stream) }
        var line = [CChar](repeating: 0, count: 256)
        while unsafe fgets(&line, 256, stream) != nil {
            let text = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            if text.hasPrefix("-----BEGIN "), text.contains(end) { return }
        }
        let kind = end.hasPrefix("CERTIFICATE") ? "certificate" : "private key"
        if unsafe ferror(stream) != 0 { throw unsafe refuse(.unreadableFile, String(cString: strerror(errno))) }
        throw refuse(.badSetting, "it holds no \(kind) in PEM form")
    }

    private static func checkIsSecret(_ file: String) throws(LDAPError) {
        var status = stat()
        guard unsafe stat(file, &status) == 0, status.st_mode & 0o007 != 0 else { return }
        throw LDAPError(
            .exposedFile, doing: "reading the client key '\(file)'",
            because: "everybody can read it (mode \(String(status.st_mode & 0o7777, radix: 8)))",
            advice: "Make it yours alone: chmod 600 '\(file)'.")
    }
}
