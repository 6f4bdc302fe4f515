import Records

/// The given name and surname inside an X.400 address: `c=US;a= ;p=Org;o=Site;s=Smith;g=John;`.
enum X400Names {
    /// Given name and surname of the first X.400 address that has both; `nil` when there is none.
    static func names(of recipient: Recipient) -> (given: Substring, surname: Substring)? {
        var found: (given: Substring, surname: Substring)?
        recipient.forEachAddress { type, value in
            if found == nil, type.isSame(as: "X400".utf8.span) { found = names(in: String(copyingUTF8: value)) }
        }
        return found
    }

    /// The same as a list; empty when there is none.
    static func texts(of recipient: Recipient) -> [String] {
        names(of: recipient).map { [String($0.given), String($0.surname)] } ?? []
    }

    private static func names(in address: String) -> (given: Substring, surname: Substring)? {
        var address = address
        guard let (given, surname) = address.withUTF8({ places(in: $0) }) else { return nil }
        return (address.part(given), address.part(surname))
    }

    /// Where the values behind `;g=` and `;s=` (or one of these at the start) stand, each up to the next semicolon.
    private static func places(in address: UnsafeBufferPointer<UInt8>) -> (given: Range<Int>, surname: Range<Int>)? {
        var given: Range<Int>?
        var surname: Range<Int>?
        var start = 0
        while start < address.count {
            var end = start
            while end < address.count, address[end] != UInt8(ascii: ";") { end += 1 }
            if end - start >= 2, address[start + 1] == UInt8(ascii: "=") {
                let name = address[start] | 0x20
                if name == UInt8(ascii: "g"), given == nil { given = (start + 2)..<end }
                if name == UInt8(ascii: "s"), surname == nil { surname = (start + 2)..<end }
            }
            start = end + 1
        }
        guard let given, let surname else { return nil }
        return (given, surname)
    }
}

extension String {
    fileprivate func part(_ bytes: Range<Int>) -> Substring {
        let start = utf8.index(startIndex, offsetBy: bytes.lowerBound)
        return self[start..<utf8.index(start, offsetBy: bytes.count)]
    }
}
