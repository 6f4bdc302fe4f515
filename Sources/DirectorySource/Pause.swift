internal import Glibc

/// Waiting for another thread where nothing wakes this one.
enum Pause {
    /// About as long as a batch takes to come.
    static func short() { usleep(2000) }
}
