internal import MigrationFile
internal import PlanFormat
internal import Records

/// Journals on disk.
enum JournalStore {
    /// The entries of the journal beside `output`, links followed already; `nil` where there is none. `model`: the list whose owner it got, where that is known.
    static func entries(beside output: String, like model: String? = nil) throws(Failure) -> [JournalEntry]? {
        do {
            guard let bytes = try JournalFile.bytes(beside: output, like: model) else { return nil }
            return try JournalReader.entries(in: bytes, file: JournalFile.path(beside: output))
        } catch { throw Failure(error) }
    }
}

extension Digest {
    /// What bytes are known by.
    static func of(_ bytes: [UInt8]) -> FileDigest { FileDigest(sha256: sha256(bytes), size: bytes.count) }
}

extension JournalFile {
    /// Adds the line of an entry.
    mutating func append(_ entry: JournalEntry) throws(FileAccessError) { try append(JournalWriter.line(entry)) }
}
