extension MigrationFile {
    /// Whether corrected rows lose their Display-Name.
    public var blanksDisplayName: Bool { header[.displayName].map(header.blanked.contains) ?? false }

    /// The number of the column that holds the Common-Name, from 1.
    public var commonNameColumn: Int? { header[.commonName].map { $0 + 1 } }

    /// The names, in lower case, of the columns that every row needs or that a correction writes.
    public static func neededColumns(of kind: ListKind?) -> Set<String> {
        (kind.map { [$0] } ?? ListKindReader.shippedKinds).reduce(into: []) { $0.formUnion($1.neededNames) }
    }
}
