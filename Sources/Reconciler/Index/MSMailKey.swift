import Records

/// The digests of one MS Mail address, `NETWORK/POSTOFFICE/MAILBOX`, without case.
struct MSMailKey: Equatable {
    /// Of the whole address.
    let mailbox: Key
    /// Of network and postoffice.
    let postoffice: Key
    /// Of the mailbox name.
    let name: Key

    /// The keys of an `MS` or `MIGRATE` address; `nil` for every other one.
    init?(_ address: MailAddress) { self.init(type: address.type.utf8.span, value: address.value.utf8.span) }

    /// The same from an address's bytes; the type is in upper case.
    init?(type: Span<UInt8>, value: Span<UInt8>) {
        if type.isSame(as: "MS".utf8.span) {
            self.init(value)
        } else if type.isSame(as: "MIGRATE".utf8.span), value.count > 3, value.extracting(first: 3).equalsWithoutCase("MS:".utf8.span) {
            self.init(value.extracting(droppingFirst: 3))
        } else {
            return nil
        }
    }

    /// The keys of a mailbox in this postoffice.
    init(postoffice: Postoffice, name: String) {
        let place = Key(lowered(postoffice.network)).with(Key(lowered(postoffice.name)))
        self.init(postoffice: place, name: Key(lowered(name)))
    }

    private init(postoffice: Key, name: Key) {
        self.postoffice = postoffice
        self.name = name
        mailbox = postoffice.with(name)
    }

    /// The keys of `NETWORK/POSTOFFICE/MAILBOX`.
    private init?(_ whole: Span<UInt8>) {
        // A blank at the end is nobody's intention.
        var count = whole.count
        while count > 0, whole[count - 1] == UInt8(ascii: " ") { count -= 1 }
        let value = whole.extracting(first: count)
        if value.isASCII {
            guard let known = value.withUnsafeBufferPointer({ Self(ascii: $0) }) else { return nil }
            self = known
        } else {
            self.init(slowly: String(copyingUTF8: value).utf8[...])
        }
    }

    /// `nil` for what is no address.
    private init?(ascii value: UnsafeBufferPointer<UInt8>) {
        var slashes = (first: -1, second: -1)
        for index in value.indices {
            guard value[index] == UInt8(ascii: "/") else { continue }
            if slashes.first < 0 { slashes.first = index } else if slashes.second < 0 { slashes.second = index } else { return nil }
        }
        guard slashes.first > 0, slashes.second > slashes.first + 1, slashes.second + 1 < value.count else { return nil }
        let place = Key(lowercasing: value[..<slashes.first]).with(Key(lowercasing: value[(slashes.first + 1)..<slashes.second]))
        self.init(postoffice: place, name: Key(lowercasing: value[(slashes.second + 1)...]))
    }

    private init?(slowly value: Substring.UTF8View) {
        let slash = UInt8(ascii: "/")
        guard let first = value.firstIndex(of: slash) else { return nil }
        let behind = value[value.index(after: first)...]
        guard let second = behind.firstIndex(of: slash) else { return nil }
        let name = behind[behind.index(after: second)...]
        guard first > value.startIndex, second > behind.startIndex, !name.isEmpty, !name.contains(slash) else { return nil }
        let place = Key(loweredOf: value[..<first]).with(Key(loweredOf: behind[..<second]))
        self.init(postoffice: place, name: Key(loweredOf: name))
    }
}

extension Key {
    /// The digest of the text in lower case: that of `lowered`, without an array of it.
    init(loweredOf text: Substring.UTF8View) {
        if text.contains(where: { $0 >= 0x80 }) {
            self.init(lowered(Substring(text)))
        } else {
            self.init(text.lazy.map(\.lowercasedASCII))
        }
    }

    /// The same for ASCII.
    fileprivate init(lowercasing text: Slice<UnsafeBufferPointer<UInt8>>) { self.init(text.lazy.map(\.lowercasedASCII)) }
}

/// The bytes of `text` in lower case; quick for ASCII.
func lowered(_ text: some StringProtocol) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
        if byte >= 0x80 { return Array(text.lowercased().utf8) }
        bytes.append(byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte)
    }
    return bytes
}
