import Records
import Testing

@Suite("Text as bytes")
struct UTF8BytesTests {
    @Test("is the same only when every byte is, at any length", arguments: 0...40)
    func same(_ count: Int) {
        let bytes = (0..<count).map { UInt8(0x61 + $0 % 26) }
        #expect(bytes.span.isSame(as: Array(bytes).span))
        #expect(!bytes.span.isSame(as: (bytes + [0x61]).span))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0x80
            #expect(!bytes.span.isSame(as: other.span) && !other.span.isSame(as: bytes.span))
            #expect(bytes.span.isASCII && !other.span.isASCII)
            other[index] = bytes[index] ^ 0x20
            #expect(bytes.span.equalsWithoutCase(other.span) && !bytes.span.isSame(as: other.span))
        }
    }
}
