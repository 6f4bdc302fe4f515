/// Looks for the alert with which a server ends a TLS handshake (RFC 8446, section 6), in what it sends: libldap and GnuTLS say no more than that
/// there was one. Alerts that come encrypted, behind the handshake, cannot be seen.
struct TLSAlertWatch {
    /// The alert's number, when one has come.
    private(set) var alert: UInt8?
    private var header: [UInt8] = []
    private var left = 0
    private var content: [UInt8] = []

    /// Goes on through bytes that have come.
    mutating func scan(_ bytes: some Collection<UInt8>) {
        for byte in bytes {
            guard left > 0 else {
                header.append(byte)
                if header.count == 5 {
                    left = Int(header[3]) << 8 | Int(header[4])
                    content = []
                    if left == 0 { header = [] }
                }
                continue
            }
            left -= 1
            // A plain alert is two bytes long: its level and its number.
            if header[0] == 21, header[3] == 0, header[4] == 2 { content.append(byte) }
            if left == 0 {
                if content.count == 2, content[1] != 0 { alert = content[1] }
                header = []
            }
        }
    }

    /// What the server means, for somebody who speaks `minimum` and newer versions, and shows a client certificate or does not.
    static func words(for alert: UInt8, minimum: TLSSettings.Version, showsCertificate: Bool) -> String {
        switch alert {
        case 70: "the server speaks no version of TLS that is new enough (it is to be \(minimum.rawValue) at least)"
        case 40, 71:
            "the server sees no way to agree: on version (\(minimum.rawValue) at least) and ciphers"
                + (showsCertificate ? ", or on our client certificate" : ", or it wants a client certificate")
        case 42...46, 48, 49:
            showsCertificate
                ? "the server does not take our client certificate (\(name(of: alert)))" : "the server wants a client certificate (\(name(of: alert)))"
        case 116: "the server wants a client certificate"
        case 112: "the server does not go by that name (unrecognized_name)"
        default: "the server ended the handshake (\(name(of: alert)))"
        }
    }

    private static func name(of alert: UInt8) -> String { names[alert] ?? "alert \(alert)" }

    private static let names: [UInt8: String] = [
        10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow", 42: "bad_certificate", 43: "unsupported_certificate",
        44: "certificate_revoked", 45: "certificate_expired", 46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca",
        49: "access_denied", 50: "decode_error", 51: "decrypt_error", 80: "internal_error", 86: "inappropriate_fallback",
        109: "missing_extension", 120: "no_application_protocol",
    ]
}
