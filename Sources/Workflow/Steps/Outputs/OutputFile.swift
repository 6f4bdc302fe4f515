/// A file that `apply` writes.
struct OutputFile {
    /// Where.
    let path: String
    /// All that is in it.
    let bytes: [UInt8]
    /// What it holds, in words that follow its name: `12 rows whose mailboxes are in cn=…`.
    let words: String
    /// How many rows of the user list are in it, or are served by it.
    let rows: Int
    /// The plan's rows that are in it, by their places, where it has the corrected rows: of such a file a journal is kept, and `undo` takes it back.
    var places: [Int]?
    /// How a file begins that it may take the place of; empty where that is any user list.
    var mark = ""
}
