internal import MigrationFile
internal import Records

/// Common-Names that stand in two rows of a run, in whatever files: within one container the import takes such rows for one object (Platform SDK for
/// Exchange, Common-Name). A remark on the files as they stand: it makes no row unusable, since a corrected row gets another one.
struct SharedCommonNames {
    /// The rows of each name, as places in `inputs` and in their files.
    private var rows: [String: [(input: Int, row: Int)]] = [:]
    private let inputs: [MigrationInput]

    /// Rows that are not imported, and those of which something else is said, are passed over.
    init(_ inputs: [MigrationInput]) {
        self.inputs = inputs
        for (place, input) in inputs.enumerated() {
            for (index, row) in input.file.rows.enumerated()
            where row.isToBeMigrated && row.problem == nil && row.mode != .delete && row.objectClass.equalsWithoutCase("mailbox")
                && !row.commonName.isEmpty
            {
                rows[row.commonName.lowercased(), default: []].append((place, index))
            }
        }
    }

    /// What is to be said of the rows of a file, in their order.
    func problems(ofFile place: Int) -> [RowProblem] {
        let file = inputs[place].file
        let column = file.commonNameColumn
        return rows.values.filter { $0.count > 1 }.flatMap { group in
            group.enumerated().filter { $0.element.input == place }.map { number, own in
                let row = file.rows[own.row]
                let other = group[number == 0 ? 1 : 0]
                let line = inputs[other.input].file.rows[other.row].line
                let others = "line \(line)" + (other.input == place ? "" : " of \(inputs[other.input].path)")
                let more = group.count > 2 ? " and \(group.count - 2) more" : ""
                return RowProblem(
                    position: FilePosition(line: row.line, column: column),
                    text:
                        "the Common-Name \(row.commonName) stands on \(others)\(more) too: in one container the import takes such rows for one mailbox; of those that plan does not correct, give each its own"
                )
            }
        }.sorted { $0.position.line < $1.position.line }
    }
}
