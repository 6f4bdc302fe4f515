import Records

/// The given name and surname inside an X.400 address: `c=US;a= ;p=Org;o=Site;s=Smith;g=John;`.
enum X400Names {
    /// Given name and surname of the first X.400 address that has both; `nil` when there is none, or they are these.
    static func names(
        of recipient: Recipient, otherThan known: (given: String, surname: String)? = nil
    ) -> (given: String, surname: String)? {
        var isFound = false
        var found: (given: String, surname: String)?
        recipient.forEachAddress { type, value in
            guard !isFound, type.isSame(as: "X400".utf8.span), let places = places(in: value) else { return }
            isFound = true
            let (given, surname) = (value.extracting(places.given), value.extracting(places.surname))
            if let known, given.isSame(as: known.given.utf8.span), surname.isSame(as: known.surname.utf8.span) { return }
            found = (String(copyingUTF8: given), String(copyingUTF8: surname))
        }
        return found
    }

    /// The same as a list; empty when there is none.
    static func texts(of recipient: Recipient) -> [String] { names(of: recipient).map { [$0.given, $0.surname] } ?? [] }

    /// Where the values behind `;g=` and `;s=` (or one of these at the start) stand, each up to the next semicolon.
    private static func places(in address: Span<UInt8>) -> (given: Range<Int>, surname: Range<Int>)? {
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
