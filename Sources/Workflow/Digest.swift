internal import CNettle
internal import Records

/// SHA-256 (FIPS 180-4), as lower-case hexadecimal.
enum Digest {
    /// The digest of some bytes. One pass, no copy.
    static func sha256(_ bytes: [UInt8]) -> String { hexadecimal(digest(bytes)) }

    private static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var context = sha256_ctx()
        nettle_sha256_init(&context)
        bytes.withUnsafeBufferPointer { nettle_sha256_update(&context, $0.count, $0.baseAddress) }
        var result = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
        nettle_sha256_digest(&context, result.count, &result)
        return result
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        for byte in bytes { text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }

    /// Sixteen digits over everything of a recipient that a decision may rest on. Order of addresses does not count.
    static func fingerprint(of recipient: Recipient) -> String {
        var bytes: [UInt8] = []
        func add(_ text: String) {
            bytes += text.utf8
            bytes.append(0)
        }
        for text in [
            recipient.dn, recipient.kind.rawValue, recipient.directoryName, recipient.alias, recipient.displayName, recipient.givenName,
            recipient.surname, recipient.initials, recipient.homeServer, recipient.key, recipient.id, recipient.isDeleted ? "deleted" : "",
        ] { add(text) }
        for address in recipient.addresses.map(\.description).sorted() { add(address) }
        return hexadecimal(digest(bytes).prefix(8))
    }
}
