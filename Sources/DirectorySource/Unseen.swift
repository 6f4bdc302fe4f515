/// Why something of a directory may not have been seen, in words: for the proof of a read, and for a name that was looked for in vain.
enum Unseen {
    static func asNobody(_ boundAs: String) -> String {
        "the server took the login as '\(boundAs)' and then regards us as nobody: it shows what anybody may see"
    }

    static func hiddenMailboxes(_ suffix: String) -> String {
        "hidden mailboxes do not show to this account: log in with a --bind-name that ends in '\(suffix)' (KB Q185475)"
    }

    /// Whether a bind name is one that the administrator's view is given to.
    static func isAdminView(_ boundAs: String, _ suffix: String) -> Bool { boundAs.lowercased().hasSuffix(suffix.lowercased()) }

    /// What references lead to that were not followed; `nil` when there is nobody.
    static func parts(_ references: [String]) -> String? {
        let unread = references.filter { !holdsNoRecipients($0) }
        guard !unread.isEmpty else { return nil }
        return
            "\(unread.count) part\(unread.count == 1 ? "" : "s") of the directory on other servers not read: \(unread.prefix(3).joined(separator: ", ")) (--follow-references names servers that may be asked; from TLS only those with TLS)"
    }

    static let ignoredPaging = "the server says that it pages its answers, and did not: everything came at once"

    static let noDeleted =
        "no deleted entry showed, although they were asked for: there is none, this account may not see their container (Deleted Objects, at the domain's root), or the base lies beside it"

    static func roundEnd(_ count: Int) -> String {
        "the server says that it pages its answers and did not, and the answer ended after \(count) entries, a number that limits have: "
            + "are there more? Compare with what the server's own tools count, or read with --page-size 0"
    }

    /// Active Directory refers every search from a domain's root to these partitions, which hold no recipients ([MS-ADTS] 3.1.1.1.5).
    private static func holdsNoRecipients(_ reference: String) -> Bool {
        let reference = reference.lowercased()
        return ["/dc=forestdnszones,", "/dc=domaindnszones,", "/cn=configuration,"].contains { reference.contains($0) }
    }
}
