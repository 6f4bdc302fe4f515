internal import MigrationFile

/// The corrected file on disk.
enum CorrectedFile {
    /// Throws when something stands at `path` that may not be replaced, before anything is asked or written.
    static func refuse(_ path: String, replaces: Bool, kind: ListKind?) throws(Failure) {
        if replaces { try refuseReplacingOther(path, kind) } else { try refuseExisting(path, kind) }
    }

    /// The same for a file that is no user list: with `replaces` it takes the place of one that begins like it, and of nothing else.
    static func refuse(_ path: String, replaces: Bool, unlessItBeginsWith mark: String) throws(Failure) {
        guard let bytes = try? FileReading.start(of: path, count: mark.utf8.count), !bytes.isEmpty else { return }
        if replaces, bytes.elementsEqual(mark.utf8) { return }
        let advice =
            replaces
            ? "what stands there is another kind of file, which is not replaced: choose another name."
            : "choose another name, or replace it with --replace."
        throw Failure(.cannotCreate, "\(path): the file exists already; \(advice)")
    }

    /// Where a file is not to be replaced, throws when something stands at `path`, before the directory is asked: with the advice to replace it only
    /// when that would be done.
    private static func refuseExisting(_ path: String, _ kind: ListKind?) throws(Failure) {
        // What is no file, or cannot be read, is told of where it is written.
        guard let bytes = try? FileReading.bytes(at: path) else { return }
        let isList = bytes.isEmpty || (try? MigrationFile.read(bytes: bytes, name: path, options: ReadOptions(kind: kind))) != nil
        let advice =
            isList
            ? "Choose another name with --output, or replace it with --replace; it is then kept as \(path).previous."
            : "It is no user list, which --replace would not take the place of: choose another name with --output."
        throw Failure(.cannotCreate, "\(path): the file exists already. \(advice)")
    }

    /// A corrected file may replace a user list, and nothing else: throws when something else stands at `path`.
    ///
    /// Other things are the plan that is applied, the file of a snapshot, a list of passwords, whatever a slip of the hand may name.
    private static func refuseReplacingOther(_ path: String, _ kind: ListKind?) throws(Failure) {
        let bytes: [UInt8]
        do throws(FileAccessError) { bytes = try FileReading.bytes(at: path) } catch {
            // What cannot be replaced at all is said where it is written.
            if error.code == .notFound || error.code == .inputIsFolder || error.code == .inputIsSpecial { return }
            throw Failure(.cannotCreate, "The corrected file cannot take the place of what is there: \(error)")
        }
        if bytes.isEmpty { return }
        do throws(MigrationFileError) { _ = try MigrationFile.read(bytes: bytes, name: path, options: ReadOptions(kind: kind)) } catch {
            throw Failure(
                .cannotCreate,
                "The corrected file cannot be written to '\(path)': what stands there is no user list, and --replace replaces nothing else. Choose another name with --output."
            )
        }
    }
}
