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
    init?(_ address: MailAddress) {
        switch address.type {
        case "MS": self.init(value: Substring(address.value))
        case "MIGRATE" where address.value.prefix(3).uppercased() == "MS:": self.init(value: address.value.dropFirst(3))
        default: return nil
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

    private init?(value: Substring) {
        let parts = value.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        let keys = parts.map { Key(lowered(Substring($0))) }
        self.init(postoffice: keys[0].with(keys[1]), name: keys[2])
    }
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
