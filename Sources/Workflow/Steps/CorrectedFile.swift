internal import MigrationFile

/// The corrected file on disk.
enum CorrectedFile {
    /// A corrected file may replace a user list, and nothing else: throws when something else stands at `path`.
    ///
    /// Other things are the plan that is applied, the file of a snapshot, a list of passwords, whatever a slip of the hand may name.
    static func refuseReplacingOther(_ path: String) throws(Failure) {
        let bytes: [UInt8]
        do throws(FileAccessError) { bytes = try FileReading.bytes(at: path) } catch {
            // What cannot be replaced at all is said where it is written.
            if error.code == .notFound || error.code == .inputIsFolder || error.code == .inputIsSpecial { return }
            throw Failure(.cannotCreate, "The corrected file cannot take the place of what is there: \(error)")
        }
        if bytes.isEmpty { return }
        do throws(MigrationFileError) { _ = try MigrationFile.read(bytes: bytes, name: path) } catch {
            throw Failure(
                .cannotCreate,
                "The corrected file cannot be written to '\(path)': what stands there is no user list, and --replace replaces nothing else. Choose another name with --output."
            )
        }
    }
}
