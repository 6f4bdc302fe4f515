public import Records

/// What was read of the directory, as text.
public enum DirectoryReport {
    /// From whom, as whom, how protected, how much, and what the read cannot prove.
    public static func text(of proof: ReadProof, ink: Ink) -> String {
        var lines = [ink.bold("Directory \(proof.source.printable)")]
        func line(_ name: String, _ value: String) {
            if !value.isEmpty { lines.append("  \(name.padded(to: 12)) \(value.printable)") }
        }
        line("product", proof.product.isEmpty ? "not told by the server" : proof.product)
        line("connection", proof.protection)
        line("account", proof.boundAs.isEmpty ? "anonymous" : proof.boundAs)
        if let identity = proof.identity, !identity.isEmpty { line("known as", identity) }
        line("base", proof.base.isEmpty ? "everything" : proof.base)
        line("profile", proof.profileEvidence.isEmpty ? proof.profile : "\(proof.profile): \(proof.profileEvidence)")
        line("read", reading(proof))
        for kind in RecipientKind.allCases {
            if let count = proof.recipients[kind], count > 0 { line(kind.plural, String(count)) }
        }
        for gap in proof.gaps { lines.append("  " + ink.red("NOT SEEN") + "     \(gap.printable)") }
        if proof.gaps.isEmpty { line("complete", "yes: 'no such mailbox' can be said") }
        for remark in proof.remarks.prefix(10) { lines.append("  " + ink.yellow("remark") + "       \(remark.printable)") }
        if proof.remarks.count > 10 { lines.append("  … and \(proof.remarks.count - 10) more remarks; --json has them all") }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func reading(_ proof: ReadProof) -> String {
        let pages = proof.pageSize.map { " in \(proof.pages) page\(proof.pages == 1 ? "" : "s") of up to \($0)" } ?? ""
        return "\(proof.entries) entries\(pages)\(proof.filter.isEmpty ? "" : " with \(proof.filter)")"
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
