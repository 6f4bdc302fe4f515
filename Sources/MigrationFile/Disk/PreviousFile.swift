internal import Glibc

/// Keeps a content that is about to lose its name under another one: what is replaced, so that `undo` can put it back, and what `undo` takes back.
enum PreviousFile {
    /// Gives the file a second name, `NAME.previous` or the first of `NAME.previous-2` … that is free (the same with `undone`), and returns it.
    ///
    /// A hard link: the output stays in its place until the rename. Where the file system has no hard links, a copy.
    static func keep(_ path: FilePath, as kind: SideNames.Kind = .previous) throws(FileAccessError) -> String {
        try SideNames(kind, of: path).firstFree { (name) throws(FileAccessError) in
            if Glibc.link(path.string, name) == 0 { return true }
            if errno == EEXIST { return false }
            guard [EPERM, ENOTSUP, EMLINK, ENOSYS, EXDEV].contains(errno) else { throw failure(name, errno) }
            return try copy(path.string, to: name)
        }
    }

    /// Removes second names that a run which was broken off has given the file under this kind.
    static func removeSpareNames(of path: FilePath, as kind: SideNames.Kind) {
        guard let status = try? path.status(), status.st_nlink > 1 else { return }
        for name in SideNames(kind, of: path).existing() where isSame(name, status) { unlink(name) }
    }

    /// The other names of a file that is about to be replaced, as remarks: they go on leading to the previous file.
    ///
    /// - Parameter what: the file, in words: `replaced`, or `undone`.
    static func otherNames(of path: FilePath, status: stat, _ what: String = "replaced", leadTo content: String = "previous") -> [String] {
        guard status.st_nlink > 1 else { return [] }
        let names = path.namesInFolder().filter { $0 != path.name && isSame(path.sibling($0), status) }.sorted()
        let known = names.isEmpty ? "" : ", here \(names.joined(separator: ", "))"
        let count = Int(status.st_nlink) - 1
        let others =
            count == 1
            ? "1 other name (a hard link\(known)), which still leads" : "\(count) other names (hard links\(known)), which still lead"
        return ["the \(what) file has \(others) to its \(content) content"]
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
}
