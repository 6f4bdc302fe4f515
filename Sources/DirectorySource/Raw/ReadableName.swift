internal import Records

/// What a DN or a legacy DN says, where that is not plain from its text.
enum ReadableName {
    /// `server EX01`, the home server in a DN or legacy DN; `nil` when there is none in it.
    static func server(_ name: String) -> String? {
        let server = LegacyDN.server(of: name)
        return server == name || server.isEmpty ? nil : "server \(server)"
    }

    /// `Directory Name JSmith`, from the last part of a legacy DN; `nil` when that is none.
    static func directoryName(_ name: String) -> String? { LegacyDN.leaf(of: name).map { "Directory Name \($0)" } }

    /// The DN with its escaped octets beyond ASCII as letters (`M\C3\BCller`, RFC 4514, section 2.4); `nil` when it has none, or they are not
    /// UTF-8. Other escapes stay, so that the parts can still be told apart.
    static func unescaped(_ dn: String) -> String? {
        var source = Array(dn.utf8)[...]
        var bytes: [UInt8] = []
        var isChanged = false
        while let byte = source.popFirst() {
            if byte == UInt8(ascii: "\\"), let high = source.first.flatMap(Hexadecimal.value), high >= 8,
                let low = source.dropFirst().first.flatMap(Hexadecimal.value)
            {
                bytes.append(high << 4 | low)
                source = source.dropFirst(2)
                isChanged = true
            } else {
                bytes.append(byte)
                // What a backslash escapes is not looked at again.
                if byte == UInt8(ascii: "\\"), let next = source.popFirst() { bytes.append(next) }
            }
        }
        return isChanged ? String(validating: bytes, as: UTF8.self) : nil
    }
}
