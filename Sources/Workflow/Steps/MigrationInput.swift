internal import MigrationFile
internal import Records

/// One migration file of a run: its bytes, what they say, and their digest.
struct MigrationInput {
    let path: String
    let file: MigrationFile
    let sha256: String
    let size: Int

    /// Reads the file at `path`; `index` is its place in the run.
    init(path: String, index: Int, settings: Settings, isCancelled: @escaping @Sendable () -> Bool) throws(Failure) {
        do {
            let bytes = try FileReading.bytes(at: path)
            self.path = path
            size = bytes.count
            sha256 = Digest.sha256(bytes)
            let reading = WatchedReading(path: path, settings: settings, isCancelled: isCancelled)
            func read(in postoffice: Postoffice?) throws -> MigrationFile {
                var options = settings.readOptions
                options.postoffice = postoffice
                return try reading.file { [options] search in
                    var options = options
                    options.keySearch = search
                    return try MigrationFile.read(bytes: bytes, name: path, file: index, options: options)
                }
            }
            var file = try read(in: settings.postoffice)
            if settings.takesPostofficeFromPreamble {
                guard let found = file.preamblePostoffice else {
                    throw Failure(
                        .badData,
                        "\(path): --postoffice preamble was given, but the lines before the header name no postoffice, or several. Give --postoffice NET/PO."
                    )
                }
                file = try read(in: found.postoffice)
            }
            self.file = file
        } catch { throw Failure(error) }
    }

    /// Reads all files of a run.
    static func all(
        _ paths: [String], settings: Settings, isCancelled: @escaping @Sendable () -> Bool
    ) throws(Failure) -> [MigrationInput] {
        try refuseRepeated(paths)
        return try paths.enumerated().map { (index, path) throws(Failure) in
            try MigrationInput(path: path, index: index, settings: settings, isCancelled: isCancelled)
        }
    }

    /// The same file twice is a mistake of the command line.
    static func refuseRepeated(_ paths: [String]) throws(Failure) {
        var seen: [String: String] = [:]
        for path in paths {
            guard let other = seen.updateValue(path, forKey: PathPlace.resolved(path)) else { continue }
            throw Failure(.usage, "The file '\(path)' is named twice\(other == path ? "" : ", also as '\(other)'").")
        }
    }

    /// The postoffice of rows without an address of their own: as told, or as the preamble says where that was told.
    func postoffice(_ settings: Settings) -> Postoffice? {
        settings.takesPostofficeFromPreamble ? file.preamblePostoffice?.postoffice : settings.postoffice
    }

    /// What to tell the administrator of a postoffice that stands in the preamble and is not used; `nil` when there is nothing to tell.
    func hint(_ settings: Settings) -> String? {
        guard settings.postoffice == nil, !settings.takesPostofficeFromPreamble, let found = file.preamblePostoffice,
            file.rows.contains(where: { $0.ownMailbox == nil })
        else { return nil }
        return
            "\(path): the preamble names the postoffice \(found.postoffice). If the rows without an address of their own are from there, say so with --postoffice \(found.postoffice) (or --postoffice preamble for several files)."
    }
}

extension Settings {
    /// What the reader of migration files is told.
    fileprivate var readOptions: ReadOptions {
        ReadOptions(
            kind: fileKind, encoding: encoding == "auto" ? nil : encoding, dialect: dialect, postoffice: postoffice, keyColumn: keyColumn,
            keyPattern: keyPattern, blankedColumns: blankedColumns, keepsDisplayName: keepsDisplayName)
    }
}
