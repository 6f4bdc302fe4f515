internal import Records

/// The object of a journal's line.
struct JournalObject: Decodable {
    private enum Key: String, CodingKey {
        case apply, applied, undo, undone
    }

    private struct Step: Decodable {
        var number: Int
        var at: String
        var keptAs: String?
    }

    private struct Apply: Decodable {
        var number, rowCount: Int
        var at, output: String
        var plan, source: AppliedFile.Named
        var before: FileDigest?
        var after: FileDigest
        var spelling: ListSpelling
        var rows: [AppliedRow]?

        var file: AppliedFile {
            AppliedFile(
                number: number, at: at, plan: plan, source: source, output: output, before: before, after: after, spelling: spelling,
                rowCount: rowCount, rows: rows ?? [])
        }
    }

    let entry: JournalEntry

    init(from decoder: any Decoder) throws {
        let line = try decoder.container(keyedBy: Key.self)
        func step(_ key: Key) throws -> Step { try line.decode(Step.self, forKey: key) }
        if line.contains(.apply) {
            entry = .apply(try line.decode(Apply.self, forKey: .apply).file)
        } else if line.contains(.applied) {
            let step = try step(.applied)
            entry = .applied(step.number, at: step.at)
        } else if line.contains(.undo) {
            let step = try step(.undo)
            entry = .undo(step.number, at: step.at)
        } else {
            let step = try step(.undone)
            entry = .undone(step.number, at: step.at, keptAs: step.keptAs ?? "")
        }
    }
}
