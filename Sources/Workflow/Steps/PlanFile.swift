internal import MigrationFile
internal import PlanFormat
internal import Records

/// Plans on disk.
enum PlanFile {
    /// The plan at `path`.
    static func read(_ path: String) throws(Failure) -> Plan {
        do {
            return try PlanReader.plan(from: FileReading.bytes(at: path), file: path)
        } catch { throw Failure(error) }
    }

    /// A plan may replace a plan, and nothing else: throws when something else stands at `path`.
    static func refuseOverwritingOther(_ path: String) throws(Failure) {
        let mark = Array("{\"ldapReconcilePlan\":".utf8)
        let bytes: [UInt8]
        do throws(FileAccessError) {
            bytes = try FileReading.start(of: path, count: mark.count)
        } catch {
            if error.code == .notFound { return }
            throw Failure(.cannotCreate, "The plan cannot be written: \(error)")
        }
        guard bytes.isEmpty || bytes == mark else {
            throw Failure(
                .cannotCreate,
                "The plan cannot be written to '\(path)': a file that is not a plan stands there. Choose another name with --output.")
        }
    }
}
