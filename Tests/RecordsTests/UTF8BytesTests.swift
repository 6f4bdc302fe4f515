import Records
import Testing

@Suite("Text as bytes")
struct UTF8BytesTests {
    @Test("is the same only when every byte is, at any length", arguments: 0...80)
    func same(_ count: Int) {
        let bytes = (0..<count).map { UInt8(0x61 + $0 % 26) }
        #expect(isSame(bytes, Array(bytes)) && !isSame(bytes, bytes + [0x61]) && isASCII(bytes))
        for index in bytes.indices {
            var other = bytes
            other[index] ^= 0x80
            #expect(!isSame(bytes, other) && !isSame(other, bytes) && !isASCII(other))
            other[index] = bytes[index] ^ 0x20
            #expect(!isSame(bytes, other) && equalsWithoutCase(bytes, other))
        }
    }

    // What #expect is given may not be a Span.
    private func isSame(_ left: [UInt8], _ right: [UInt8]) -> Bool { left.span.isSame(as: right.span) }
    private func equalsWithoutCase(_ left: [UInt8], _ right: [UInt8]) -> Bool { left.span.equalsWithoutCase(right.span) }
    private func isASCII(_ bytes: [UInt8]) -> Bool { bytes.span.isASCII }
}
