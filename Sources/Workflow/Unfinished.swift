internal import MigrationFile

/// What a run that ends at once leaves half done, and must not.
public enum Unfinished {
    /// Removes the files that are not whole yet, and ends the process. What has its name already is whole.
    public static func removeAll(andEnd end: () -> Never) -> Never { UnfinishedFiles.removeAll(andEnd: end) }
}
