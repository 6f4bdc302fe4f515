internal import CSV

/// Files that lie beside a user list and get mistaken for one. Each is refused with what to do instead.
struct ForeignFile {
    let bytes: [UInt8]
    let name: String
    /// The kind that was told; `nil` where any shipped one may be meant.
    let kind: ListKind?

    /// Known by its first bytes, before anything is read as text.
    var refusalByMagic: MigrationFileError? {
        if bytes.isEmpty {
            return refusal(
                .empty,
                "the file is empty, expected a user list with the header SFS_UserName; extract the list again with the wizard's first step")
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            return refusal(
                .spreadsheet,
                "this is a spreadsheet, not text; save it as CSV (comma delimited) in the spreadsheet program, or use the original list")
        }
        if let evidence = UTF16Mark.evidence(in: bytes) {
            return refusal(
                .utf16, "this is UTF-16, for \(evidence); save it again as ANSI (windows-1252), which the importer expects, or as UTF-8")
        }
        return nil
    }

    /// Why there is no header: another kind of file that is known, or none at all.
    var refusalWithoutHeader: MigrationFileError {
        let lines = HeaderSearch.firstLines(of: bytes).map { bytes[$0] }
        return migrationFiles(lines) ?? controlFile(lines) ?? otherCSV(lines) ?? noHeader(lines)
    }

    /// Packing list, primary and secondary files (MIG55-xmgab007, xmgab010; KB Q177418).
    private func migrationFiles(_ lines: [ArraySlice<UInt8>]) -> MigrationFileError? {
        let sections = ["DIRECTORY", "PAB", "MAILMESSAGE"]
        let first = lines.lazy.map(Self.ascii).first { !$0.isEmpty && !$0.hasPrefix("!") } ?? ""
        let isPrimary = sections.contains(first.uppercased())
        let isPackingList = lines.contains { Self.ascii($0).lowercased().hasPrefix("!codepage") } || (Int(first) != nil && lines.count > 1)
        let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
        guard isPrimary || isPackingList || ["pkl", "pri", "sec"].contains(suffix) else { return nil }
        let kind = isPrimary || suffix == "pri" ? "primary" : suffix == "sec" ? "secondary" : "packing list"
        return refusal(
            .packingList,
            "this is a \(kind) file of another mail system's extractor (.pkl, .pri, .sec), which needs no correction of this kind; "
                + "give the user list (.csv) that the wizard extracts from MS Mail for PC Networks")
    }

    /// A control file of `mailmig /C` (KB Q198957).
    private func controlFile(_ lines: [ArraySlice<UInt8>]) -> MigrationFileError? {
        let keywords = ["mode", "function", "file", "mailbox", "ntaccounts", "home-server", "container", "postoffice", "accounts", "email"]
        let words = lines.map { Self.ascii($0).split(separator: ",", omittingEmptySubsequences: false).map { $0.lowercased() } }
        let statements = words.filter { $0.count == 2 && keywords.contains($0[0]) }
        guard statements.count >= 2 || statements.first?[0] == "mode" else { return nil }
        return refusal(.controlFile, "this is a control file of mailmig /C, not the user list; give the file that its line File,... names")
    }

    /// A CSV of another kind by its first columns (SDK-samples1_9xpw; E2K-migsysp_createauserlistfile).
    private func otherCSV(_ lines: [ArraySlice<UInt8>]) -> MigrationFileError? {
        let unknown = [
            "imap_mailbox": "a user list for IMAP", "sfs_useraccount": "a list with SFS_UserAccount, which no importer knows",
            "sfs_username": "the user list of the MS Mail wizard",
        ]
        let headers = ["obj-class": "a directory import or export file", "emailaddress": "a migration file for Exchange Online"]
        for (index, line) in lines.enumerated() {
            let cell = Self.ascii(HeaderSearch.cell(ofLine: line, told: DialectChoice()))
            let advice: String
            if let kind = headers[cell.lowercased()], index > 0 {
                advice = "\(kind), in which nothing may stand before the header; take those lines out"
            } else if let kind = headers[cell.lowercased()] ?? unknown[cell.lowercased()] {
                advice = "\(kind); expected \(expected)"
            } else {
                continue
            }
            return MigrationFileError(
                .otherKind, file: name, line: index + 1, column: 1, reason: "the first column is \(cell), so this is \(advice)")
        }
        return nil
    }

    /// What was expected, in words.
    private var expected: String {
        guard let kind else { return "the user list of the MS Mail wizard, which starts with SFS_UserName" }
        return "a file of the kind \(kind.name), which starts with \(kind.headerStart)"
    }

    private func noHeader(_ lines: [ArraySlice<UInt8>]) -> MigrationFileError {
        if let kind {
            let shown = lines.first.map { String(Self.ascii($0).prefix(60)) } ?? ""
            return MigrationFileError(
                .noHeader, file: name, line: 1,
                reason: "the first line is \"\(shown)\"; expected \(expected), on one of the first \(kind.preambleLimit + 1) lines")
        }
        let first = lines.first.map(Self.ascii) ?? ""
        let shown = first.count > 60 ? "\(first.prefix(60))..." : first
        let isPlan = first.hasPrefix("{\"ldapReconcilePlan\":")
        let hasOtherOrder = lines.contains { Self.ascii($0).lowercased().contains("sfs_username") }
        return MigrationFileError(
            .noHeader, file: name, line: 1,
            reason:
                "the first line is \"\(shown)\" and \(Self.none(of: lines.count)) with SFS_UserName, the first column of a user list's header; "
                + (isPlan
                    ? "this is a plan: give it to 'explain' or 'apply', and the user list here"
                    : hasOtherOrder
                        ? "the header is there, but its first five columns must be "
                            + "SFS_UserName, SFS_FullName, MigrateUser, Obj-Class, Mode, in this order"
                        : "give the file as the wizard's first step wrote it, or put the header line back"))
    }

    private static func none(of lines: Int) -> String { lines == 1 ? "does not start" : "none of the first \(lines) lines starts" }

    private func refusal(_ code: MigrationFileError.Code, _ reason: String) -> MigrationFileError {
        MigrationFileError(code, file: name, reason: reason)
    }

    /// A line for a message: printable ASCII, everything else a question mark.
    private static func ascii(_ line: ArraySlice<UInt8>) -> String {
        String(decoding: line.map { (0x20..<0x7F).contains($0) ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
    }
}
