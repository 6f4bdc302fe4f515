internal import Glibc

/// Keeps the file that is about to be replaced under a name of its own, so that `undo` can put it back.
enum PreviousFile {
    /// Gives the file a second name, `NAME.previous` or the first of `NAME.previous-2` … that is free, and returns it.
    ///
    /// A hard link: the output stays in its place until the rename. Where the file system has no hard links, a copy.
    static func keep(_ path: FilePath) throws(FileAccessError) -> String {
        for number in 1...9999 {
            let name = path.string + ".previous" + (number == 1 ? "" : "-\(number)")
            if Glibc.link(path.string, name) == 0 { return name }
            if errno == EEXIST { continue }
            guard [EPERM, ENOTSUP, EMLINK, ENOSYS, EXDEV].contains(errno) else { throw failure(name, errno) }
            if try copy(path.string, to: name) { return name }
        }
        throw FileAccessError(
            .cannotCreate, path: path.string,
            reason: "9,999 previous files lie beside it already; move them to another folder and run again")
    }

    /// The other names of a file that is about to be replaced, as remarks: they go on leading to the previous file.
    static func otherNames(of path: FilePath, status: stat) -> [String] {
        guard status.st_nlink > 1 else { return [] }
        let names = names(in: path.folder).filter { $0 != path.name && isSame(path.sibling($0), status) }.sorted()
        let known = names.isEmpty ? "" : ", here \(names.joined(separator: ", "))"
        let count = Int(status.st_nlink) - 1
        let others =
            count == 1
            ? "1 other name (a hard link\(known)), which still leads" : "\(count) other names (hard links\(known)), which still lead"
        return ["the replaced file has \(others) to its previous content"]
    }

    /// False when the name is taken.
    private static func copy(_ path: String, to name: String) throws(FileAccessError) -> Bool {
        let bytes = try FileReading.bytes(at: path)
        do {
            let file = try Descriptor(opening: name, O_WRONLY | O_CREAT | O_EXCL, mode: 0o600)
            UnfinishedFiles.add(name)
            try write(bytes, like: path, to: file)
            UnfinishedFiles.keep(name)
        } catch {
            if error.number == EEXIST { return false }
            UnfinishedFiles.remove(name)
            throw failure(name, error.number)
        }
        return true
    }

    private static func write(_ bytes: [UInt8], like model: String, to file: consuming Descriptor) throws(SystemErrno) {
        try file.writeAll(bytes.span)
        var attributes = FileAttributes()
        try attributes.copy(from: model, to: file)
        try file.synchronize()
    }

    private static func failure(_ name: String, _ errno: Int32) -> FileAccessError {
        .system(
            .cannotCreate, path: name, errno: errno, "the previous file cannot be kept under this name",
            advice: "nothing was replaced; make room for it")
    }

    private static func isSame(_ path: String, _ status: stat) -> Bool {
        var other = stat()
        return lstat(path, &other) == 0 && other.st_dev == status.st_dev && other.st_ino == status.st_ino
    }

    private static func names(in folder: String) -> [String] {
        guard let directory = opendir(folder) else { return [] }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            names.append(withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
        }
        return names
    }
}
