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

    private static func hexadecimal(_ bytes: some Collection<UInt8>) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { text in
            for (index, byte) in bytes.enumerated() {
                text[2 * index] = digit(byte >> 4)
                text[2 * index + 1] = digit(byte & 15)
            }
            return bytes.count * 2
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10 }

    /// Sixteen digits over everything of a recipient that a decision may rest on. Order of addresses does not count.
    static func fingerprint(of recipient: Recipient) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        func add(_ text: String) {
            bytes += text.utf8
            bytes.append(0)
        }
        add(recipient.dn)
        add(recipient.kind.rawValue)
        add(recipient.directoryName)
        add(recipient.alias)
        add(recipient.displayName)
        add(recipient.givenName)
        add(recipient.surname)
        add(recipient.initials)
        add(recipient.department)
        add(recipient.homeServer)
        add(recipient.key)
        add(recipient.id)
        add(recipient.isDeleted ? "deleted" : "")
        for address in recipient.addresses.sorted(by: { ($0.type, $0.value) < ($1.type, $1.value) }) {
            bytes += address.type.utf8
            bytes.append(UInt8(ascii: ":"))
            add(address.value)
        }
        return hexadecimal(digest(bytes).prefix(8))
    }
}
