/// What came of looking for a name.
public struct RawFinding: Sendable {
    /// The entries that it may mean.
    public var entries: [RawEntry] = []
    /// Where they were looked for, in words, such as `below 'o=CONTOSO'`.
    public var place: String
    /// Where there is no such entry: why there may be one all the same, in words. Empty when everything was looked through.
    public var unseen: [String] = []
}

/// One entry with everything that the directory shows of it, as raw mode does.
public struct RawEntry: Sendable, Equatable {
    /// The distinguished name.
    public var dn: String
    /// Attributes in the directory's order, each with its values' octets.
    public var attributes: [Attribute]

    /// One attribute with all its values.
    public struct Attribute: Sendable, Equatable {
        /// The attribute description, options included.
        public var name: String
        /// What the server's own schema calls it, as Exchange Administrator's raw mode shows it; `nil` where the profile knows no such name.
        public var schemaName: String?
        /// The values' octets, in the directory's order.
        public var values: [[UInt8]]

        /// The values as raw mode would show them: text, or what the octets stand for; nothing left out.
        public var shown: [String] { shown(longest: .max) }

        /// The same with at most `longest` octets of a value that is shown in hexadecimal, and how many there are.
        public func shown(longest: Int) -> [String] {
            values.map { RawValue.text(of: $0, attribute: name, schemaName: schemaName, longest: longest) }
        }
    }
}
