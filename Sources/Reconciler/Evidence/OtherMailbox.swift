import Records
import Texts

/// The entry has an old MS address, and it is another mailbox than the row's: of a known postoffice, or of another name.
enum OtherMailbox: Piece {
    static let name = "other-mailbox"
    static let force = Evidence.Force.against

    static func holds(_ pair: Pair) -> Bool {
        pair.hasOldAddress && !pair.facts.has(.migrateAddress) && !pair.facts.has(.msAddress) && !pair.facts.has(.formerMailboxName)
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("the entry has the old address ", address(pair)?.description ?? "", ", which is another mailbox")
    }

    private static func address(_ pair: Pair) -> MailAddress? {
        pair.recipient.firstAddress { type, value in
            guard let key = MSMailKey(type: type, value: value) else { return false }
            return pair.isKnownPostoffice(key.postoffice) || !pair.isExchangesOwn(key.postoffice)
        }
    }
}
