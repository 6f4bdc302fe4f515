public import Records

/// What was read of the directory, as text.
public enum DirectoryReport {
    /// What `check` knows beside a read's proof.
    public struct Survey: Sendable {
        /// The DNs under which the directory's entries stand.
        public var contexts: [String]
        /// What the server's limits meant for the read, in words; empty for a file.
        public var limits: String
        /// What was found.
        public var found: DirectorySurvey

        /// A survey from its parts.
        public init(contexts: [String], limits: String, found: DirectorySurvey) {
            self.contexts = contexts
            self.limits = limits
            self.found = found
        }
    }

    /// A server that took the login, and of which no more is known: the read failed.
    public struct Server: Sendable {
        /// Its URI, product, protection, and the name that was logged in with; what `ReadProof` says.
        public var source, product, protection, boundAs: String
        /// As whom it regards the account; `nil` when it does not tell.
        public var identity: String?
        /// The DNs under which the directory's entries stand.
        public var contexts: [String]
        /// Whether it offers pages.
        public var offersPaging: Bool

        /// A server from its parts.
        public init(
            source: String, product: String, protection: String, boundAs: String, identity: String?, contexts: [String], offersPaging: Bool
        ) {
            (self.source, self.product, self.protection, self.boundAs) = (source, product, protection, boundAs)
            (self.identity, self.contexts, self.offersPaging) = (identity, contexts, offersPaging)
        }
    }

    /// What was found out before the read failed.
    public static func text(of server: Server, ink: Ink, width: Int? = nil) -> String {
        var page = Page(ink.bold("Directory \(server.source.printable)"), width: width)
        addServer(
            product: server.product, protection: server.protection, boundAs: server.boundAs, identity: server.identity,
            contexts: server.contexts, to: &page)
        page.add("paging", server.offersPaging ? "offered" : "not offered")
        page.add(line: "  " + ink.red("not read") + "     see the error for why")
        return page.text
    }

    private static func addServer(
        product: String, protection: String, boundAs: String, identity: String?, contexts: [String]?, to page: inout Page
    ) {
        page.add("product", product.isEmpty ? "not told by the server" : product)
        page.add("connection", protection)
        page.add("account", boundAs.isEmpty ? "anonymous" : boundAs)
        page.add("known as", identity ?? "")
        page.add("contexts", contexts?.joined(separator: "; ") ?? "")
    }

    /// From whom, as whom, how protected, how much, and what the read cannot prove; with a survey, also what was found where.
    public static func text(of proof: ReadProof, survey: Survey? = nil, ink: Ink, width: Int? = nil) -> String {
        var page = Page(ink.bold("Directory \(proof.source.printable)"), width: width)
        addServer(
            product: proof.product, protection: proof.protection, boundAs: proof.boundAs, identity: proof.identity,
            contexts: survey?.contexts,
            to: &page)
        page.add("base", proof.base.isEmpty ? "everything" : proof.base)
        page.add("profile", proof.profileEvidence.isEmpty ? proof.profile : "\(proof.profile): \(proof.profileEvidence)")
        page.add("filter", proof.source.hasPrefix("ldif:") ? "" : proof.filter)
        page.add("read", reading(proof))
        if let code = proof.resultCode { page.add("result", code == 0 ? "0 (success)" : String(code)) }
        page.add("changes", proof.changes.map(words) ?? "")
        page.add("in full", proof.fullReadReason ?? "")
        page.add("limits", survey?.limits ?? "")
        for kind in RecipientKind.allCases {
            if let count = proof.recipients[kind], count > 0 { page.add(kind.plural, String(count)) }
        }
        if let deleted = proof.deleted, deleted > 0 {
            page.add("deleted", "\(deleted) that the server still shows: counted in nothing else")
        }
        if let survey { addMarks(survey.found, proof, to: &page) }
        for canary in proof.canaries ?? [] {
            page.add("canary", canary.dn.map { "'\(canary.name)' came: \($0)" } ?? "'\(canary.name)' did not come")
        }
        page.add("expected", proof.expectation.map(words) ?? "")
        page.add("followed", proof.followedReferences.joined(separator: " "))
        if !proof.unseenAttributes.isEmpty {
            page.add("not shown", proof.unseenAttributes.joined(separator: ", ") + ": no mailbox has a value that this account sees")
        }
        for gap in proof.gaps { page.add(line: "  " + ink.red("NOT SEEN") + "     \(gap.printable)") }
        if proof.gaps.isEmpty { page.add("complete", "yes: 'no such mailbox' can be said") }
        for remark in proof.remarks.prefix(10) { page.add(line: "  " + ink.yellow("remark") + "       \(remark.printable)") }
        if proof.remarks.count > 10 { page.add(line: "  … and \(proof.remarks.count - 10) more remarks; --json has them all") }
        return page.text + (survey.map { SurveyReport.text(of: $0.found, ink: ink) } ?? "")
    }

    private static func words(_ changes: ReadProof.Changes) -> String {
        "\(changes.added) new, \(changes.changed) changed, \(changes.removed) gone since \(changes.since), by \(changes.method); everything was read last at \(changes.fullReadAt)"
    }

    private static func words(_ expectation: ReadProof.Expectation) -> String {
        let difference = expectation.difference
        let came =
            difference == 0 ? "as many came" : "\(expectation.found) came, \(abs(difference)) \(difference > 0 ? "more" : "fewer")"
        return "\(expectation.mailboxes) mailbox\(expectation.mailboxes == 1 ? "" : "es"); \(came)"
    }

    private static func reading(_ proof: ReadProof) -> String {
        if proof.changes != nil {
            let verified = proof.isVerified ? "; the names came again the same" : ""
            return "\(proof.entries) entr\(proof.entries == 1 ? "y" : "ies"): what changed, on top of an earlier read\(verified)"
        }
        let pages = proof.pageSize.map { " in \(proof.pages) page\(proof.pages == 1 ? "" : "s") of up to \($0)" } ?? ""
        let connections = proof.connections > 1 ? " over \(proof.connections) connections" : ""
        let verified = proof.isVerified ? "; the names came again the same" : ""
        let changed = proof.changedEntries > 0 ? "; \(proof.changedEntries) of them again, changed meanwhile" : ""
        return "\(proof.entries) entr\(proof.entries == 1 ? "y" : "ies")\(pages)\(connections)\(verified)\(changed)"
    }

    private static func addMarks(_ survey: DirectorySurvey, _ proof: ReadProof, to page: inout Page) {
        if survey.hidden > 0 { page.add("hidden", "\(survey.hidden) of the recipients, from the address book") }
        let others = proof.entries - survey.recipients - survey.deleted
        if others > 0 { page.add("others", "\(others) entr\(others == 1 ? "y that is no recipient" : "ies that are no recipients")") }
    }
}

extension RecipientKind {
    /// The kind in the plural, for counts.
    public var plural: String {
        switch self {
        case .mailbox: "mailboxes"
        case .customRecipient: "contacts"
        case .distributionList: "lists"
        case .publicFolder: "pub. folders"
        case .account: "accounts"
        }
    }

    /// The kind with its article.
    public var withArticle: String {
        switch self {
        case .mailbox: "a mailbox"
        case .customRecipient: "a custom recipient (contact)"
        case .distributionList: "a distribution list"
        case .publicFolder: "a public folder"
        case .account: "an account without a mailbox"
        }
    }
}
