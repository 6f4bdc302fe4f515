/// What a TLS connection must show of the server, and what it shows of us.
public struct TLSSettings: Sendable, Equatable {
    /// Whether the server's certificate and name are checked.
    public var certificateCheck: CertificateCheck
    /// A file of CA certificates in PEM form; without it and without `caFolder` the system's.
    public var caFile: String?
    /// A folder of such files.
    public var caFolder: String?
    /// The oldest version that is spoken.
    public var minimumVersion: Version
    /// Our own certificate, for servers that want to know the client.
    public var client: ClientCertificate?
    /// The SHA-256 of the server's public key (its DER SubjectPublicKeyInfo, as RFC 7469 pins it), in base64. Whatever else is checked, the
    /// server must hold this key.
    public var pinnedKey: String?

    /// A version of TLS. Older ones are refused by every client of today (RFC 8996).
    public enum Version: String, Sendable, CaseIterable {
        /// RFC 5246.
        case v12 = "1.2"
        /// RFC 8446.
        case v13 = "1.3"
    }

    /// A certificate of our own and its private key, both files in PEM form. The key is without a password.
    public struct ClientCertificate: Sendable, Equatable {
        /// The certificate's file; CA certificates between it and the root may follow in it.
        public var certificate: String
        /// The private key's file.
        public var key: String

        /// A certificate and its key.
        public init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// Settings; everything at its safe default.
    public init(
        certificateCheck: CertificateCheck = .required, caFile: String? = nil, caFolder: String? = nil, minimumVersion: Version = .v12,
        client: ClientCertificate? = nil, pinnedKey: String? = nil
    ) {
        self.certificateCheck = certificateCheck
        self.caFile = caFile
        self.caFolder = caFolder
        self.minimumVersion = minimumVersion
        self.client = client
        self.pinnedKey = pinnedKey
    }
}

/// Whether the server's certificate and name are checked.
public enum CertificateCheck: Sendable, Equatable {
    /// The chain must lead to a trusted CA, be in date, and name the host (RFC 6125; the subject's name counts only without a subjectAltName).
    case required
    /// Nothing is checked, for the reason given; every report repeats it.
    case off(reason: String)
}
