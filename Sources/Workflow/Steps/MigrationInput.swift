internal import MigrationFile
internal import Records

/// One migration file of a run: its bytes, what they say, and their digest.
struct MigrationInput {
    let path: String
    let file: MigrationFile
    let sha256: String
    let size: Int

    /// Reads the file at `path`; `index` is its place in the run.
    init(path: String, index: Int, settings: Settings) throws(Failure) {
        do {
            let bytes = try FileReading.bytes(at: path)
            self.path = path
            size = bytes.count
            sha256 = Digest.sha256(bytes)
            file = try MigrationFile.read(bytes: bytes, name: path, file: index, options: settings.readOptions)
        } catch { throw Failure(error) }
    }

    /// Reads all files of a run. The same file twice is a mistake of the command line.
    static func all(_ paths: [String], settings: Settings) throws(Failure) -> [MigrationInput] {
        var inputs: [MigrationInput] = []
        for (index, path) in paths.enumerated() {
            guard !paths[..<index].contains(path) else { throw Failure(.usage, "The file '\(path)' is named twice.") }
            inputs.append(try MigrationInput(path: path, index: index, settings: settings))
        }
        return inputs
    }

    /// The postoffice of rows without an address of their own: as told, else as the preamble says.
    func postoffice(told: Postoffice?) -> Postoffice? { told ?? file.preamblePostoffice?.postoffice }
}

extension Settings {
    /// What the reader of migration files is told.
    fileprivate var readOptions: ReadOptions {
        ReadOptions(encoding: encoding == "auto" ? nil : encoding, postoffice: postoffice, keyColumn: keyColumn, keyPattern: keyPattern)
    }
}
