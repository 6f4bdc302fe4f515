extension MigrationFile {
    /// Whether corrected rows lose their Display-Name.
    public var blanksDisplayName: Bool { header[.displayName].map(header.blanked.contains) ?? false }

    /// The number of the column that holds the Common-Name, from 1.
    public var commonNameColumn: Int? { header[.commonName].map { $0 + 1 } }

    /// The names, in lower case, of the columns that every row needs or that a correction writes.
    public static let neededColumns: Set<String> = Set(
        (Column.leading + [.commonName]).flatMap { [$0.rawValue, $0.administratorName].compactMap { $0?.lowercased() } })
}
