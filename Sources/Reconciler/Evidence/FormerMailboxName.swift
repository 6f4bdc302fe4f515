import Records
import Texts

/// The entry has an old MS address whose last part is the row's mailbox name, in a network and postoffice that no row is known to come from.
///
/// For rows whose own postoffice is unknown. The address was not made by Exchange from the alias, so it tells how MS Mail called that person;
/// which postoffice that was remains open, so it does not identify.
enum FormerMailboxName: Piece {
    static let name = "former-mailbox-name"
    static let force = Evidence.Force.naming

    static func holds(_ pair: Pair) -> Bool {
        guard !pair.isPostofficeKnown, pair.hasOldAddress, pair.hasFormerName else { return false }
        return pair.recipient.hasAddress { type, value in isFormer(type, value, pair) }
    }

    static func write(_ pair: Pair, to text: inout TextBuffer) {
        text.add("old address ", address(pair)?.description ?? "", " ends in the mailbox name ", pair.mailboxName)
    }

    private static func address(_ pair: Pair) -> MailAddress? {
        pair.recipient.firstAddress { type, value in isFormer(type, value, pair) }
    }

    private static func isFormer(_ type: Span<UInt8>, _ value: Span<UInt8>, _ pair: Pair) -> Bool {
        guard let key = MSMailKey(type: type, value: value), key.name == pair.mailboxNameKey else { return false }
        return !pair.isExchangesOwn(key.postoffice) && !pair.isKnownPostoffice(key.postoffice)
    }
}
