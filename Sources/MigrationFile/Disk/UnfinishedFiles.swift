internal import Glibc
internal import Synchronization

/// The files that this process has made for a while only: temporary ones, locks, copies that are not whole yet. Each is removed by whoever made
/// it; this is for a process that ends in the middle of that.
public enum UnfinishedFiles {
    /// The one thing here that all threads share: what lies on the disk is the process's, not a thread's.
    private static let paths = Mutex<Set<String>>([])

    /// Notes a file that is about to be made.
    static func add(_ path: String) { paths.withLock { _ = $0.insert(path) } }

    /// Forgets a file that has become what it was made for.
    static func keep(_ path: String) { paths.withLock { _ = $0.remove(path) } }

    /// Removes a file, and forgets it.
    static func remove(_ path: String) {
        paths.withLock {
            unlink(path)
            $0.remove(path)
        }
    }

    /// Removes all of them, and ends the process. No thread makes, renames or removes another one in between but that `end` follows.
    public static func removeAll(andEnd end: () -> Never) -> Never {
        paths.withLock { paths in
            // Locks last: who waits for one makes its own files under these names.
            for path in paths where !path.hasSuffix(".lock") { unlink(path) }
            for path in paths where path.hasSuffix(".lock") { unlink(path) }
            end()
        }
    }
}
