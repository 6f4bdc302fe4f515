/// A byte that is not of the code page.
public struct UndecodableByte: Error, Hashable, Sendable {
    /// Its offset in the bytes given, from 0.
    public var offset: Int
    /// The byte.
    public var byte: UInt8
    /// The code page's name.
    public var codePage: String
}

extension UndecodableByte: CustomStringConvertible {
    /// `the byte 0x81 does not exist in windows-1252`.
    public var description: String {
        let digits = String(byte, radix: 16, uppercase: true)
        let number = digits.count == 1 ? "0x0\(digits)" : "0x\(digits)"
        return "the byte \(number) " + (codePage == "UTF-8" ? "is not UTF-8 here" : "does not exist in \(codePage)")
    }
}

/// A character that the code page cannot hold.
public struct UnencodableCharacter: Error, Hashable, Sendable {
    /// The character's place in the text, in Unicode scalars from 0.
    public var offset: Int
    /// The character.
    public var scalar: Unicode.Scalar
    /// The code page's name.
    public var codePage: String
}

extension UnencodableCharacter: CustomStringConvertible {
    /// `"č" (U+010D) does not exist in windows-1252`.
    public var description: String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
        return "\"\(Character(scalar))\" (U+\(number)) does not exist in \(codePage)"
    }
}

extension CodePage {
    /// The text of the bytes. ASCII costs one look at each byte, whatever the code page.
    public func decode(_ bytes: ArraySlice<UInt8>) throws(UndecodableByte) -> String {
        if bytes.isEmpty { return "" }
        if bytes.span.isASCII { return String(copying: UTF8Span(unchecked: bytes.span, isKnownASCII: true)) }
        switch method {
        case .utf8: return try decodeUTF8(bytes)
        case .table(let table): return try decode(bytes, by: table)
        case .iconv: return try decodeByIconv(bytes)
        }
    }

    /// The bytes of the text.
    public func encode(_ text: String) throws(UnencodableCharacter) -> [UInt8] {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return Array(text.utf8) }
        switch method {
        case .utf8: return Array(text.utf8)
        case .table(let table): return try encode(text, by: table)
        case .iconv: return try encodeByIconv(text)
        }
    }

    private func decodeUTF8(_ bytes: ArraySlice<UInt8>) throws(UndecodableByte) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let offset = Self.firstInvalidUTF8(in: bytes) ?? 0
        throw undecodable(bytes, offset)
    }

    /// The offset of the first byte at which the bytes stop being UTF-8; `nil` when they all are.
    static func firstInvalidUTF8(in bytes: ArraySlice<UInt8>) -> Int? {
        var decoder = Unicode.UTF8.ForwardParser()
        var iterator = bytes.makeIterator()
        var offset = 0
        while true {
            switch decoder.parseScalar(from: &iterator) {
            case .valid(let scalar): offset += scalar.count
            case .emptyInput: return nil
            case .error: return offset
            }
        }
    }

    private func decode(_ bytes: ArraySlice<UInt8>, by table: SingleByteTable) throws(UndecodableByte) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count * 2)
        for (offset, byte) in bytes.enumerated() {
            if byte < 0x80 {
                text.append(byte)
            } else {
                guard let scalar = table.scalars[Int(byte)] else { throw undecodable(bytes, offset) }
                text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    private func encode(_ text: String, by table: SingleByteTable) throws(UnencodableCharacter) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            guard let byte = table.bytes[scalar] else {
                throw UnencodableCharacter(offset: offset, scalar: scalar, codePage: name)
            }
            bytes.append(byte)
        }
        return bytes
    }

    private func decodeByIconv(_ bytes: ArraySlice<UInt8>) throws(UndecodableByte) -> String {
        guard let decoder = Iconv(from: name, to: "UTF-8") else { throw undecodable(bytes, 0) }
        switch decoder.convert(bytes) {
        case .converted(let utf8): return String(decoding: utf8, as: UTF8.self)
        case .stopped(let offset): throw undecodable(bytes, min(offset, bytes.count - 1))
        }
    }

    /// Scalar by scalar, so that the one which does not exist can be named; each must come back as it went.
    private func encodeByIconv(_ text: String) throws(UnencodableCharacter) -> [UInt8] {
        let encoder = Iconv(from: "UTF-8", to: name)
        var bytes: [UInt8] = []
        for (offset, scalar) in text.unicodeScalars.enumerated() {
            guard case .converted(let part)? = encoder?.convert(Array(String(Character(scalar)).utf8)[...]),
                (try? decode(part[...]))?.unicodeScalars.elementsEqual([scalar]) == true
            else { throw UnencodableCharacter(offset: offset, scalar: scalar, codePage: name) }
            bytes += part
        }
        return bytes
    }

    private func undecodable(_ bytes: ArraySlice<UInt8>, _ offset: Int) -> UndecodableByte {
        UndecodableByte(offset: offset, byte: bytes[bytes.startIndex + offset], codePage: name)
    }
}
