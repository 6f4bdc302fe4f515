internal import Records

/// Takes the unique key out of a cell: the whole of it, or what a regular expression finds there.
struct KeyPattern {
    private let regex: Regex<AnyRegexOutput>?

    init(_ pattern: String?, file: String) throws(MigrationFileError) {
        do { regex = try pattern.map { try Regex($0) } } catch {
            throw MigrationFileError(
                .badKeyPattern, file: file,
                reason: "the pattern of the unique key, \(pattern ?? ""), is not a regular expression (\(error)); correct the setting")
        }
    }

    /// The key in the cell; empty when there is none. `place`: where the cell stands, for `search`.
    func key(in cell: String, at place: FilePosition, _ search: KeySearch?) -> String {
        guard let regex else { return cell }
        search?.begin(at: place)
        defer { search?.end() }
        guard let match = cell.firstMatch(of: regex) else { return "" }
        let group = match.output.count > 1 ? match.output[1] : match.output[0]
        return group.substring.map(String.init) ?? ""
    }
}
