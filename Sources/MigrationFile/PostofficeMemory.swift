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

    /// Whether the address is spelled like the last one up to the mailbox name.
    private func isInLast(_ value: String) -> Bool {
        guard value.hasPrefix(lastPrefix) else { return false }
        let name = value.utf8.dropFirst(lastPrefix.utf8.count)
        return !name.isEmpty && !name.contains(UInt8(ascii: "/"))
    }
}
