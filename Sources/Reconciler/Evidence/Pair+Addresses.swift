import Records
import Texts

/// The MS Mail addresses of both.
extension Pair {
    /// Whether an old MS Mail address of the recipient ends in the row's mailbox name.
    var hasFormerName: Bool { scene.directory.byFormerName.contains(view.mailboxNameKey, recipientIndex) }

    /// The key of the row's mailbox name, without case.
    var mailboxNameKey: Key { view.mailboxNameKey }

    /// Whether the row's MS Mail address is known, by itself or through its file's postoffice.
    var isPostofficeKnown: Bool { view.mailbox != nil }

    /// Whether rows of the run are known to come from this postoffice.
    func isKnownPostoffice(_ postoffice: Key) -> Bool { scene.list.postoffices.contains(postoffice) }

    /// Whether Exchange made up this network and postoffice for itself.
    func isExchangesOwn(_ postoffice: Key) -> Bool { scene.directory.ownPostoffices.contains(postoffice) }

    /// Whether an address of this type is the row's MS Mail address. Asked of bytes: most are not.
    func hasRowsAddress(type: String) -> Bool {
        guard mayHaveRowsAddress, let key = view.mailbox else { return false }
        var isFound = false
        recipient.forEachAddress { ownType, value in
            if !isFound, ownType.isSame(as: type.utf8.span), MSMailKey(type: ownType, value: value) == key { isFound = true }
        }
        return isFound
    }

    /// The recipient's address of this type that is the row's MS Mail address; `nil` when it has none.
    func rowsAddress(type: String) -> MailAddress? {
        guard mayHaveRowsAddress, let key = view.mailbox else { return nil }
        return recipient.firstAddress { $0.isSame(as: type.utf8.span) && MSMailKey(type: $0, value: $1) == key }
    }

    /// Whether the recipient has an MS address that Exchange did not make up, or that is of a row's postoffice.
    var hasOldAddress: Bool { scene.directory.hasOldAddress[recipientIndex] }
}
