/// One e-mail address of a recipient: an address type and what follows it, as in `MS:CONTOSO/PO1/JSMITH`.
public struct MailAddress: Sendable, Hashable, Codable {
    /// The address type in upper case: `SMTP`, `X400`, `MS`, `MIGRATE`, `CCMAIL` …
    ///
    /// The directories write the reply address's type in upper case and the others' in lower case; types compare without case.
    public let type: String
    /// What follows the separator, as the source spells it. May be empty.
    public let value: String

    /// An address from its parts; the type is put into upper case.
    public init(type: String, value: String) {
        self.type = type.inCapitals
        self.value = value
    }

    /// An address from `TYPE:value` (Active Directory, migration files) or `TYPE$value` (Exchange 5.5's `otherMailbox`).
    ///
    /// `separator` is an ASCII character. `nil` when there is none in the text, or nothing before it.
    public init?(_ text: String, separator: Character) {
        guard let mark = separator.asciiValue, let end = text.utf8.firstIndex(of: mark), end > text.startIndex else { return nil }
        self.init(type: String(text[..<end]), value: String(text[text.utf8.index(after: end)...]))
    }

    /// The MS Mail mailbox that this address names, whether written as `MS:NET/PO/USER` or as `MIGRATE:MS:NET/PO/USER`.
    public var msMailMailbox: MSMailMailbox? {
        switch type {
        case "MS": MSMailMailbox(value)
        case "MIGRATE": MailAddress(value, separator: ":").flatMap { $0.type == "MS" ? MSMailMailbox($0.value) : nil }
        default: nil
        }
    }
}

extension MailAddress: CustomStringConvertible {
    /// `TYPE:value`.
    public var description: String { "\(type):\(value)" }
}

/// One MS Mail (PC) postoffice: network and postoffice name, 10 characters each (KB Q112880). Compares without case.
public struct Postoffice: Sendable, Hashable, Codable {
    /// The network's name in upper case.
    public let network: String
    /// The postoffice's name in upper case.
    public let name: String

    /// How many characters each of its names may have (KB Q112880).
    public static let longestName = 10

    /// That of its names which is longer than MS Mail allows; `nil` when neither is.
    public var overlongName: String? { [network, name].first { $0.count > Self.longestName } }

    /// A postoffice from its two names; `nil` when one is empty or holds a slash.
    public init?(network: some StringProtocol, name: some StringProtocol) {
        guard !network.isEmpty, !name.isEmpty, !network.contains("/"), !name.contains("/") else { return nil }
        self.network = network.uppercased()
        self.name = name.uppercased()
    }

    /// A postoffice from `NET/PO`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        self.init(network: parts[0], name: parts[1])
    }
}

extension Postoffice: CustomStringConvertible {
    /// `NET/PO`.
    public var description: String { "\(network)/\(name)" }
}

/// A mailbox of MS Mail (PC) by its full address, `NETWORK/POSTOFFICE/MAILBOX`. Compares without case.
public struct MSMailMailbox: Sendable, Hashable, Codable {
    /// The postoffice that the mailbox is in.
    public let postoffice: Postoffice
    /// The mailbox name in upper case, up to 10 characters (KB Q86100).
    public let name: String

    /// A mailbox from its postoffice and mailbox name.
    public init(postoffice: Postoffice, name: some StringProtocol) {
        self.postoffice = postoffice
        self.name = name.uppercased()
    }

    /// A mailbox from `NET/PO/USER`; `nil` for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[2].isEmpty, let postoffice = Postoffice(network: parts[0], name: parts[1]) else { return nil }
        self.init(postoffice: postoffice, name: parts[2])
    }
}

extension MSMailMailbox: CustomStringConvertible {
    /// `NET/PO/USER`.
    public var description: String { "\(postoffice)/\(name)" }
}
