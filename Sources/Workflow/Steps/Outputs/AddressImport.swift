internal import CSV
internal import Reporting
internal import MigrationFile
internal import Records

/// A directory-import file that gives mailboxes the missing `MIGRATE` address, by which Exchange 5.5 finds them (KB Q242184; event 7026).
///
/// One for each container, since an import works in one. The old address is a secondary one, so its type is in small letters (MIG55-xmg03003). Whether an import adds
/// to the addresses or replaces them is chosen in its dialog: "Append" adds (MIG55-xmg03003), "Overwrite" (KB Q147518) would take away the mailbox's other
/// secondary addresses.
struct AddressImport {
    let plan: Plan
    let source: MigrationInput
    /// The postoffice of rows without an address of their own, where it is told.
    let postoffice: Postoffice?

    /// The columns: schema names, of which the first two have to stand first (KB Q184532).
    private static let header = "Obj-Class,Mode,Common-Name,Secondary-Proxy-Addresses"

    /// The files, by ascending DN of the container; none where no address is missing.
    func files(_ path: String) throws(Failure) -> [OutputFile] {
        var lines: [String: [String]] = [:]
        for (place, row) in plan.rows.enumerated() {
            guard row.situation.isCertain, let target = row.target, let address = address(of: source.file.rows[place]),
                !target.evidence.contains(where: { ["migrate-address", "ms-address"].contains($0.name) })
            else { continue }
            let cells = ["Mailbox", "Modify", target.directoryName, "migrate:MS:" + Self.escaped(address.description)]
            lines[DistinguishedName(target.dn).parent, default: []].append(cells.map(Self.quoted).joined(separator: ","))
        }
        let words = OutputName.words(ofContainers: Array(lines.keys))
        return try lines.sorted { $0.key < $1.key }.map { (container, rows) throws(Failure) in
            let path = lines.count == 1 ? path : OutputName.inserting(words[container] ?? "", into: path)
            return OutputFile(
                path: path, bytes: try WindowsText.bytes(of: [Self.header] + rows, like: source.file.encoding.codePage, for: path),
                words: "\(rows.count) MIGRATE address\(rows.count == 1 ? "" : "es") that mailboxes in \(container.printable) lack",
                rows: rows.count, mark: Self.header)
        }
    }

    private func address(of row: MigrationRow) -> MSMailMailbox? {
        row.ownMailbox ?? postoffice.map { MSMailMailbox(postoffice: $0, name: row.mailboxName) }
    }

    /// In a value of several, a percent sign separates, and a backslash escapes (MNT55-xmt02025).
    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("%", with: "\\%")
    }

    private static func quoted(_ cell: String) -> String {
        cell.contains { ",\"%\\#!".contains($0) } || cell.hasPrefix(" ") || cell.hasSuffix(" ")
            ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }
}
