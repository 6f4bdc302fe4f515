/// One of the numbers from which the chance comes that a row's mailbox is somebody else's.
///
/// Two stories explain what agrees: the row's person has no mailbox to be found, and the one that agrees is another person's; or it is the
/// person's own. The product of the factors is the ratio of the two (Fellegi and Sunter 1969); for a row that something identifies, the chance itself.
public struct ChanceFactor: Sendable, Equatable, Codable {
    /// What the number is of. The order is that of the product.
    public enum Name: String, Sendable, CaseIterable, Codable {
        /// How many rows have no mailbox to be found, for each that has one.
        case withoutMailbox
        /// The share of mailboxes for which no row reaches.
        case unclaimed
        /// How many others with such a name are to be expected where the mailbox is.
        case namesakes
        /// How much oftener, or seldomer, such another one works in this department than the person does.
        case department
        /// The same for a mailbox under the row's own short name, or under another one.
        case shortNames
        /// The same for one with the row's middle initial.
        case middleInitial
        /// The same for one whose short name was carried over.
        case carriedOver
        /// The same for one with the row's old mailbox name.
        case formerName
        /// The share of addresses and keys that are somebody else's by now.
        case stale
        /// How often the names beside such a one agree as well as they do.
        case agreement
    }

    /// A directory of fewer mailboxes shows too little to count in: what is usual is taken for every number.
    public static let leastMailboxes = 200

    /// What it is of.
    public var name: Name
    /// Above 0; 1 changes nothing.
    public var value: Double

    /// A factor from its parts.
    public init(_ name: Name, _ value: Double) {
        self.name = name
        self.value = value
    }
}
