public import Records

/// What an administrator knows of a site that neither its files nor its directory say.
public struct SiteKnowledge: Sendable, Equatable {
    /// Given names that people use for each other, beside those that the program knows: each a name and its usual forms.
    public var nicknames: [[String]]
    /// DNs of entries that are nobody's mailbox, such as copies for a test: each with everything below it.
    public var excluded: [String]
    /// Where the people of a postoffice live, in place of what the rows show.
    public var homes: [ToldHome]

    /// Knowledge from its parts.
    public init(nicknames: [[String]] = [], excluded: [String] = [], homes: [ToldHome] = []) {
        self.nicknames = nicknames
        self.excluded = excluded
        self.homes = homes
    }
}

/// A container, or a site as the container that holds it, in which the people of a postoffice live.
public struct ToldHome: Sendable, Equatable {
    /// Whose people.
    public var postoffice: Postoffice
    /// The container's DN.
    public var container: String

    /// A home from its parts.
    public init(postoffice: Postoffice, container: String) {
        self.postoffice = postoffice
        self.container = container
    }
}
