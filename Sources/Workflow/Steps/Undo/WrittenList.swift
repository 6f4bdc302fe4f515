internal import MigrationFile
internal import Records
internal import Reporting

/// What an apply wrote, to say in what the file differs from it.
struct WrittenList {
    /// By what the file differs: the sentences to list, and a few words for the end of a message.
    struct Verdict {
        var lines: [String]
        var summary: String
    }

    private let apply: AppliedFile
    /// The bytes that were written; `nil` where what they were made of is not to be had any more.
    private let bytes: [UInt8]?

    /// What `apply` wrote, made once more of one of `sources`: contents that may be the list that the plan was made for.
    init(_ apply: AppliedFile, sources: [[UInt8]]) {
        self.apply = apply
        bytes = sources.lazy.filter { Digest.sha256($0) == apply.source.sha256 }.compactMap { Self.made($0, apply) }.first
    }

    private static func made(_ source: [UInt8], _ apply: AppliedFile) -> [UInt8]? {
        guard let list = list(source, apply),
            let made = try? list.corrected(apply.rows.map { RowCorrection(row: $0.row, changes: $0.changes) })
        else { return nil }
        return Digest.of(made) == apply.after ? made : nil
    }

    private static func list(_ bytes: [UInt8], _ apply: AppliedFile) -> MigrationFile? {
        try? MigrationFile.read(bytes: bytes, name: apply.output, options: ReadOptions(apply.spelling))
    }

    /// By what `now` differs.
    func verdict(on now: [UInt8]) -> Verdict {
        let hasSecrets = bytes.flatMap { Self.list($0, apply) }.map { !$0.kind.secretColumns.isEmpty } ?? false
        let first = hasSecrets ? nil : bytes.flatMap { ByteDifference(written: $0, found: now) }.map(DifferenceWords.sentence)
        let found: MigrationFile
        do throws(MigrationFileError) {
            found = try MigrationFile.read(bytes: now, name: apply.output, options: ReadOptions(apply.spelling))
        } catch {
            return Verdict(
                lines: [error.description], summary: "it cannot be read as that user list any more\(first.map { "; \($0)" } ?? "")")
        }
        guard let bytes, let written = Self.list(bytes, apply) else { return partly(found) }
        let differences = found.differences(from: written)
        guard differences.isEmpty else {
            return Verdict(lines: DifferenceWords.lines(differences), summary: DifferenceWords.summary(differences))
        }
        return Verdict(lines: [], summary: "no cell says anything else, but \(first ?? "the bytes are others")")
    }

    /// By the cells alone that the journal has.
    private func partly(_ found: MigrationFile) -> Verdict {
        let differences = found.differences(from: apply.rows)
        let more = found.rows.count - apply.rowCount
        let rows = more == 0 ? nil : "it has \(abs(more)) row\(abs(more) == 1 ? "" : "s") \(more > 0 ? "more" : "less")"
        let cells = differences.isEmpty ? "the cells that were changed are as they were written" : DifferenceWords.summary(differences)
        return Verdict(
            lines: DifferenceWords.lines(differences),
            summary: [rows, cells].compactMap(\.self).joined(separator: ", ")
                + "; what else differs cannot be said, for the journal has the changed cells alone")
    }
}
