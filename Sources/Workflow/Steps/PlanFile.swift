internal import MigrationFile
internal import PlanFormat
internal import Records

/// Plans on disk.
enum PlanFile {
    /// The plan at `path`.
    static func read(_ path: String) throws(Failure) -> Plan {
        do {
            return try PlanReader.plan(from: FileBytes.read(path), file: path)
        } catch { throw Failure(error) }
    }
}
