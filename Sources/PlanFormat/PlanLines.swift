internal import Records

/// The header as the file has it: dictionaries by name rather than by Swift's enums, which encode as lists of pairs.
struct HeaderBody: Codable {
    var file, sha256, encoding, dialect, version, readAt, madeAt: String
    var size: Int
    var filesOfRun: [String]
    var directory: DirectoryBody
    var counts: [String: Int]
    var settings: [String: String]

    init(_ header: PlanHeader) {
        file = header.file
        sha256 = header.sha256
        encoding = header.encoding
        dialect = header.dialect
        version = header.version
        readAt = header.readAt
        madeAt = header.madeAt
        size = header.size
        filesOfRun = header.filesOfRun
        directory = DirectoryBody(header.directory)
        counts = Dictionary(uniqueKeysWithValues: header.counts.map { ($0.rawValue, $1) })
        settings = header.settings
    }

    var header: PlanHeader {
        PlanHeader(
            file: file, sha256: sha256, size: size, encoding: encoding, dialect: dialect, filesOfRun: filesOfRun,
            directory: directory.proof,
            counts: Dictionary(uniqueKeysWithValues: counts.compactMap { name, count in Situation(rawValue: name).map { ($0, count) } }),
            settings: settings,
            version: version, readAt: readAt, madeAt: madeAt)
    }
}

/// The read's proof as the file has it.
struct DirectoryBody: Codable {
    var source, product, boundAs, protection, base, filter, profile, profileEvidence: String
    var pageSize: Int?
    var pages, entries: Int
    var recipients: [String: Int]
    var references, gaps, remarks: [String]
    var isComplete: Bool

    init(_ proof: ReadProof) {
        source = proof.source
        product = proof.product
        boundAs = proof.boundAs
        protection = proof.protection
        base = proof.base
        filter = proof.filter
        profile = proof.profile
        profileEvidence = proof.profileEvidence
        pageSize = proof.pageSize
        pages = proof.pages
        entries = proof.entries
        recipients = Dictionary(uniqueKeysWithValues: proof.recipients.map { ($0.rawValue, $1) })
        references = proof.references
        gaps = proof.gaps
        remarks = proof.remarks
        isComplete = proof.provesAbsence
    }

    var proof: ReadProof {
        ReadProof(
            source: source, product: product, boundAs: boundAs, protection: protection, base: base, filter: filter, profile: profile,
            profileEvidence: profileEvidence, pageSize: pageSize, pages: pages, entries: entries,
            recipients: Dictionary(
                uniqueKeysWithValues: recipients.compactMap { name, count in RecipientKind(rawValue: name).map { ($0, count) } }),
            references: references, gaps: gaps, remarks: remarks)
    }
}

/// A first line, as far as it must be read before the rest can be.
struct FirstLine: Decodable {
    var ldapReconcilePlan: Int
}

/// The header line.
struct HeaderLine: Decodable {
    var header: HeaderBody
}

/// A line after the header: a row, or the end.
struct BodyLine: Decodable {
    struct End: Decodable { var rows: Int }
    struct Target: Decodable {
        var dn: String
        var id: String?
        var kind: RecipientKind
        var directoryName: String
        var alias, displayName, fingerprint: String?
        var evidence: [Evidence]?

        var candidate: PlannedCandidate {
            PlannedCandidate(
                dn: dn, id: id ?? "", kind: kind, directoryName: directoryName, alias: alias ?? "", displayName: displayName ?? "",
                fingerprint: fingerprint ?? "", evidence: evidence ?? [])
        }
    }

    var end: End?
    var row: Int?
    var line: Int?
    var mailboxName, fullName: String?
    var situation: Situation?
    var reason: String?
    var target: Target?
    var rivals: [Target]?
    var rivalRows: [RowReference]?
    var changes: [CellChange]?

    /// The row; `nil` when the line lacks what every row has.
    var planned: PlannedRow? {
        guard let row, let line, let mailboxName, let situation else { return nil }
        return PlannedRow(
            row: row, line: line, mailboxName: mailboxName, fullName: fullName ?? "", situation: situation, reason: reason ?? "",
            target: target?.candidate, rivals: (rivals ?? []).map(\.candidate), rivalRows: rivalRows ?? [], changes: changes ?? [])
    }
}
