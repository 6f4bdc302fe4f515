internal import Records

/// The postoffice in a row's own address. Rows of one postoffice stand together as a rule, so the last answer is
/// compared before anything is taken apart.
struct PostofficeMemory {
    /// Every postoffice seen.
    private(set) var seen: Set<Postoffice> = []
    private var lastPrefix = ""
    private var last: Postoffice?

    /// The postoffice that the first MIGRATE or MS address names; `nil` when there is none.
    mutating func postoffice(of addresses: [MailAddress]) -> Postoffice? {
        for address in addresses where address.type == "MIGRATE" || address.type == "MS" {
            guard let slash = address.value.utf8.lastIndex(of: UInt8(ascii: "/")) else { continue }
            let prefix = address.value[..<slash]
            if last != nil, prefix.utf8.elementsEqual(lastPrefix.utf8) { return last }
            guard let mailbox = address.msMailMailbox else { continue }
            (lastPrefix, last) = (String(prefix), mailbox.postoffice)
            seen.insert(mailbox.postoffice)
            return mailbox.postoffice
        }
        return nil
    }
}
