/// What a server sends while TLS is set up, as far as it is not encrypted (RFC 8446, section 5): why it ended the handshake. libldap and GnuTLS say
/// no more than that it did.
struct HandshakeWatch {
    /// Whether anything has come.
    private(set) var hasSpoken = false
    /// Whether what has come is TLS.
    private(set) var isTLS = true
    /// The number of the alert with which the server ended the handshake.
    private(set) var alert: UInt8?
    /// Whether the server has asked for a client certificate: TLS 1.2 only, later versions encrypt it.
    private(set) var asksForCertificate = false

    private var header: [UInt8] = []
    private var left = 0
    private var content: [UInt8] = []

    /// Goes on through bytes that have come.
    mutating func scan(_ bytes: some Collection<UInt8>) {
        for byte in bytes {
            // change_cipher_spec, alert, handshake, application_data
            if !hasSpoken { isTLS = (20...23).contains(byte) }
            hasSpoken = true
            guard isTLS else { return }
            guard left > 0 else {
                header.append(byte)
                if header.count == 5 { beginRecord() }
                continue
            }
            left -= 1
            content.append(byte)
            if left == 0 { endRecord() }
        }
    }

    private mutating func beginRecord() {
        left = Int(header[3]) << 8 | Int(header[4])
        content.removeAll(keepingCapacity: true)
        if left == 0 { header = [] }
    }

    private mutating func endRecord() {
        defer { header = [] }
        switch header[0] {
        // A plain alert is its level and its number; an encrypted one is longer.
        case 21 where content.count == 2 && content[1] != 0: alert = content[1]
        case 22:
            // Messages of a handshake: a type, a length of three bytes. Such as are in several records do not matter here.
            var rest = content[...]
            while rest.count >= 4 {
                let head = Array(rest.prefix(4))
                if head[0] == 13 { asksForCertificate = true }
                rest = rest.dropFirst(4 + Int(head[1]) << 16 + Int(head[2]) << 8 + Int(head[3]))
            }
        default: break
        }
    }

    /// What the server means by its alert, to somebody who speaks `minimum` and newer versions, and shows a client certificate or does not.
    static func words(for alert: UInt8, minimum: TLSSettings.Version, showsCertificate: Bool) -> String {
        switch alert {
        case 70: "the server speaks no version of TLS that is new enough (it is to be \(minimum.rawValue) at least)"
        case 40, 71:
            "the server sees no way to agree: on a version (\(minimum.rawValue) at least) and ciphers"
                + (showsCertificate ? ", or on our client certificate" : ", or it wants a client certificate")
        case 42...46, 48, 49:
            showsCertificate
                ? "the server does not take our client certificate (\(name(of: alert)))"
                : "the server wants a client certificate (\(name(of: alert)))"
        case 116: "the server wants a client certificate"
        case 112: "the server does not go by that name (unrecognized_name)"
        default: "the server ended the handshake (\(name(of: alert)))"
        }
    }

    /// Whether an alert is about a certificate of ours, shown or missing.
    static func isAboutCertificates(_ alert: UInt8) -> Bool { [42, 43, 44, 45, 46, 48, 49, 116].contains(alert) }

    private static func name(of alert: UInt8) -> String { names[alert] ?? "alert \(alert)" }

    private static let names: [UInt8: String] = [
        10: "unexpected_message", 20: "bad_record_mac", 22: "record_overflow", 42: "bad_certificate", 43: "unsupported_certificate",
        44: "certificate_revoked", 45: "certificate_expired", 46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca",
        49: "access_denied", 50: "decode_error", 51: "decrypt_error", 80: "internal_error", 86: "inappropriate_fallback",
        109: "missing_extension", 120: "no_application_protocol",
    ]
}
