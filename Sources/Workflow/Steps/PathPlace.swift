internal import Glibc

/// Where a path leads, so that two spellings of one place are one.
enum PathPlace {
    /// The path with links followed, of what is there or of its folder.
    static func resolved(_ path: String) -> String {
        if let place = real(path) { return place }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let folder = parts.dropLast().joined(separator: "/")
        let place = real(path.contains("/") ? folder.isEmpty ? "/" : folder : ".") ?? folder
        return place + "/" + (parts.last ?? "")
    }

    private static func real(_ path: String) -> String? {
        guard let resolved = realpath(path, nil) else { return nil }
        defer { free(resolved) }
        return String(cString: resolved)
    }
}
