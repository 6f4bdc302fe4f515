internal import Records

/// The postoffices in the rows' own addresses, each with a number. Rows of one postoffice stand together as a rule, so
/// the last answer is compared before anything is taken apart.
struct PostofficeMemory {
    /// Every postoffice seen, by number.
    private(set) var seen: [Postoffice] = []
    private var numbers: [Postoffice: Int] = [:]
    private var lastPrefix = ""
    private var last = -1

    /// The postoffice's number.
    mutating func number(of postoffice: Postoffice) -> Int {
        if let number = numbers[postoffice] { return number }
        numbers[postoffice] = seen.count
        seen.append(postoffice)
        return seen.count - 1
    }

    /// The number of the postoffice that the first MIGRATE or MS address names; `nil` when there is none.
    mutating func number(of addresses: [MailAddress]) -> Int? {
        for address in addresses where address.type == "MIGRATE" || address.type == "MS" {
            if last >= 0, isInLast(address.value) { return last }
            guard let mailbox = address.msMailMailbox, let slash = address.value.lastIndex(of: "/") else { continue }
            (lastPrefix, last) = (String(address.value[...slash]), number(of: mailbox.postoffice))
            return last
        }
        return nil
    }

    /// Whether the address is spelled like the last one up to the mailbox name. Of what is not ASCII nothing is said here.
    private func isInLast(_ value: String) -> Bool {
        let (bytes, prefix) = (value.utf8.span, lastPrefix.utf8.span)
        guard bytes.count > prefix.count, bytes.isASCII else { return false }
        for index in prefix.indices {
            if bytes[index] != prefix[index] { return false }
        }
        return !(prefix.count..<bytes.count).contains { bytes[$0] == UInt8(ascii: "/") }
    }
}
