internal import Records

/// What to search a directory for to find a row's mailbox oneself: its names and addresses where the profile has them.
enum RowSearch {
    /// A filter that lets an entry through which is called as the row is, or carries an address that ends, or begins, in its mailbox name.
    static func filter(for row: PlannedRow, _ header: PlanHeader) -> String {
        let places = Places(header)
        let (mailbox, fullName) = (SearchLine.filterValue(row.mailboxName), SearchLine.filterValue(row.fullName))
        var parts = (places.alias + places.name).map { "(\($0)=\(mailbox))" }
        if !row.fullName.isEmpty { parts += places.displayName.map { "(\($0)=\(fullName))" } }
        parts += bothNames(row.fullName)
        parts += places.typed.map { "(\($0)=*/\(mailbox))" } + places.mail.map { "(\($0)=\(mailbox)@*)" }
        var seen: Set<String> = []
        return "(|" + parts.filter { seen.insert($0).inserted }.joined() + ")"
    }

    /// Given name and surname, which the full name may have in either order; the first given name may be one of several.
    private static func bothNames(_ fullName: String) -> [String] {
        let words = fullName.split { $0 == " " || $0 == "," }.map(String.init)
        guard let first = words.first, let last = words.last, words.count > 1 else { return [] }
        return [(first, last), (last, first)].map { given, surname in
            "(&(givenName=\(SearchLine.filterValue(given))*)(sn=\(SearchLine.filterValue(surname))))"
        }
    }

    /// The attributes that a plan's profile reads, as far as its header tells them.
    private struct Places {
        var alias: [String]
        var name = ["cn"]
        var displayName: [String]
        /// With addresses of type MS and MIGRATE: `MS$NETWORK/POSTOFFICE/MAILBOX`.
        var typed: [String] = []
        /// With SMTP addresses.
        var mail = ["mail"]

        init(_ header: PlanHeader) {
            switch header.directory.profile {
            case "exchange50", "exchange55":
                (alias, name, displayName) = (["uid"], ["rdn", "cn"], ["cn"])
                (typed, mail) = (["otherMailbox"], ["mail", "rfc822Mailbox"])
            case "active-directory":
                (alias, displayName, typed) = (["mailNickname"], ["displayName", "cn"], ["proxyAddresses"])
            case "inetorgperson":
                (alias, displayName, mail) = (["uid"], ["displayName", "cn"], ["mail", "mailAlternateAddress"])
            default:
                (alias, displayName) = (["uid", "mailNickname"], ["displayName", "cn"])
                typed = ["otherMailbox", "proxyAddresses"]
            }
            for text in header.settings["attribute"]?.split(separator: "\n") ?? [] {
                let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
                guard parts.count == 2 else { continue }
                if parts[0] == "alias" { alias = [parts[1]] }
                if parts[0] == "displayName" { displayName = [parts[1]] }
            }
        }
    }
}
