import Records

/// The entry has an old MS address, and it is another mailbox than the row's: of a known postoffice, or of another name.
enum OtherMailbox: Piece {
    static let name = "other-mailbox"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.hasOldAddress && !pair.facts.has(.migrateAddress) && !pair.facts.has(.msAddress) && !pair.facts.has(.formerMailboxName)
            && address(pair) != nil
    }

    static func text(_ pair: Pair) -> String {
        "the entry has the old address \(address(pair)?.description ?? ""), which is another mailbox"
    }

    private static func address(_ pair: Pair) -> MailAddress? {
        pair.addresses.first { address in
            guard let key = MSMailKey(address) else { return false }
            return pair.isKnownPostoffice(key.postoffice) || !pair.isExchangesOwn(key.postoffice)
        }
    }
}
