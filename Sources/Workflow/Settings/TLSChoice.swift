internal import Foundation
internal import LDAPClient

extension TLSSettings {
    /// What the settings say of TLS.
    init(_ values: SettingValues) throws(Failure) {
        self.init(
            certificateCheck: try Self.certificateCheck(values), caFile: values.text(.caFile), caFolder: values.text(.caFolder),
            minimumVersion: try values.value(.tlsMinimum, expected: "1.2 or 1.3") { Version(rawValue: $0) } ?? .v12,
            client: try Self.client(values), pinnedKey: try Self.pinnedKey(values))
    }

    private static func certificateCheck(_ values: SettingValues) throws(Failure) -> CertificateCheck {
        try values.value(
            .certificateCheck, expected: "'required', or 'off: REASON' with the reason spelled out, which every report repeats"
        ) { text in
            if text == "required" { return CertificateCheck.required }
            guard text.hasPrefix("off:") else { return nil }
            let reason = text.dropFirst(4).split(separator: " ").joined(separator: " ")
            return reason.isEmpty ? nil : .off(reason: reason)
        } ?? .required
    }

    private static func client(_ values: SettingValues) throws(Failure) -> ClientCertificate? {
        guard let certificate = values.text(.clientCertificate) else {
            guard values.text(.clientKey) == nil else {
                throw values.problem(.clientKey, "needs client-certificate, which it is the key of")
            }
            return nil
        }
        // As with most servers and tools, both may stand in one file.
        return ClientCertificate(certificate: certificate, key: values.text(.clientKey) ?? certificate)
    }

    /// The hash in base64, without its prefix.
    private static func pinnedKey(_ values: SettingValues) throws(Failure) -> String? {
        try values.value(
            .pinnedKey,
            expected: "sha256: and the base64 of the 32 bytes of the public key's SHA-256 (docs/settings.md says how to make it)"
        ) {
            text in
            guard text.hasPrefix("sha256:"), let hash = Data(base64Encoded: String(text.dropFirst(7))), hash.count == 32 else { return nil }
            return hash.base64EncodedString()
        }
    }
}
