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
        if !pair.isPostofficeKnown, let own = address(pair, where: { $0.name == pair.mailboxNameKey }), let mailbox = own.msMailMailbox {
            text.add("the entry has the old address ", own.description)
            return text.add(
                ", which is the row's if its postoffice is ", mailbox.postoffice.description, " (--postoffice), and another mailbox if not")
        }
        text.add("the entry has the old address ", address(pair) { _ in true }?.description ?? "", ", which is another mailbox")
    }

    private static func address(_ pair: Pair, where fits: (MSMailKey) -> Bool) -> MailAddress? {
        pair.recipient.firstAddress { type, value in
            guard let key = MSMailKey(type: type, value: value), fits(key) else { return false }
            return pair.isKnownPostoffice(key.postoffice) || !pair.isExchangesOwn(key.postoffice)
        }
    }
}
