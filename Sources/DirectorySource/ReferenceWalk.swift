internal import LDAPClient

/// Follows references as far as the settings allow it, each once, and those that they lead to.
struct ReferenceWalk {
    /// References that were followed to their end.
    private(set) var followed: [String] = []
    /// References that were not.
    private(set) var left: [String] = []
    private let directory: LiveDirectory
    private let base: String
    private let scope: SearchRequest.Scope

    /// So many references are followed at most, one leading to the next.
    private static let mostFollowed = 100

    /// A walk for a search below `base`.
    init(_ directory: LiveDirectory, base: String, scope: SearchRequest.Scope = .subtree) {
        self.directory = directory
        self.base = base
        self.scope = scope
    }

    /// Follows references. `visit` reads what one leads to, and gives the references met there.
    mutating func follow(_ references: [String], visit: (Reference) throws(LDAPError) -> [String]) throws(LDAPError) {
        var open = references
        while !open.isEmpty {
            let text = open.removeFirst()
            guard followed.count < Self.mostFollowed, let reference = allowed(text) else {
                left.append(text)
                continue
            }
            followed.append(text)
            for next in try visit(reference) where !followed.contains(next) && !open.contains(next) { open.append(next) }
        }
    }

    /// The reference, if it may be followed.
    func allowed(_ text: String) -> Reference? {
        guard let reference = Reference(text, defaultBase: base, scope: scope) else { return nil }
        let isAllowed =
            directory.options.followedServers.contains(reference.server) && reference.isNoLessProtected(than: directory.connection)
        return isAllowed ? reference : nil
    }
}
