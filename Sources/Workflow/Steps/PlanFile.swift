internal import MigrationFile
internal import PlanFormat
internal import Records
internal import Reporting

/// Plans on disk.
enum PlanFile {
    /// The plan at `path`.
    static func read(_ path: String, _ context: RunContext) throws(Failure) -> Plan { try readWithDigest(path, context).plan }

    /// The plan at `path`, and the SHA-256 of its bytes.
    static func readWithDigest(_ path: String, _ context: RunContext) throws(Failure) -> (plan: Plan, sha256: String) {
        do {
            let bytes = try FileReading.bytes(at: path)
            try refuseUserList(bytes, path)
            let plan = try PlanReader.plan(from: bytes, file: path)
            if context.isCancelled() { throw Failure(.interrupted, "Interrupted while the plan was read; nothing was written.") }
            return (plan, Digest.sha256(bytes))
        } catch { throw Failure(error) }
    }

    /// The likeliest mistake has an answer of its own.
    private static func refuseUserList(_ bytes: [UInt8], _ path: String) throws(Failure) {
        guard bytes.first != UInt8(ascii: "{"), (try? MigrationFile.read(bytes: bytes, name: path)) != nil else { return }
        throw Failure(
            .badData,
            "\(path): this is a user list, not a plan. Make its plan first (\(Program.name) plan \(path.shellQuoted) …), and give that: \(path).plan.jsonl."
        )
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
