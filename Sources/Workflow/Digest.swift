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
        func add(_ field: Recipient.Field) {
            recipient.withBytes(of: field) { bytes.append($0) }
            bytes.append(0)
        }
        func add(_ text: String) {
            bytes += text.utf8
            bytes.append(0)
        }
        add(.dn)
        add(recipient.kind.rawValue)
        for field in [Recipient.Field.directoryName, .alias, .displayName, .givenName, .surname] { add(field) }
        for field in [Recipient.Field.initials, .department, .homeServer, .key, .id] { add(field) }
        add(recipient.isDeleted ? "deleted" : "")
        var addresses: [[UInt8]] = []
        addresses.reserveCapacity(recipient.addressCount)
        recipient.forEachAddress { type, value in
            var address: [UInt8] = []
            address.reserveCapacity(type.count + value.count + 2)
            address.append(type)
            address.append(UInt8(ascii: ":"))
            address.append(value)
            address.append(0)
            addresses.append(address)
        }
        if addresses.count > 1 { addresses.sort { $0.lexicographicallyPrecedes($1) } }
        for address in addresses { bytes += address }
        return hexadecimal(digest(bytes).prefix(8))
    }
}

extension [UInt8] {
    /// Adds bytes that are lent.
    fileprivate mutating func append(_ bytes: Span<UInt8>) { bytes.withUnsafeBufferPointer { append(contentsOf: $0) } }
}
