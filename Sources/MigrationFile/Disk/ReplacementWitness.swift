/// Is told of a file's replacing while the file's lock is held, so that a record of it can be kept that a crash does not make wrong.
public protocol ReplacementWitness: AnyObject {
    /// The file at `path`, links followed, is about to be replaced, or made where it is not there. What this throws ends the write with nothing changed.
    func willReplace(_ path: String, isThere: Bool) throws(FileAccessError)
    /// That did not happen, and the file is as it was.
    func didNotReplace()
    /// The file is replaced, on the disk, and reads back the same. Returns what a person should know.
    func didReplace() -> [String]
}
