internal import MigrationFile
internal import Records

extension KeptFiles {
    /// What the apply replaced; `nil` where nothing stood there, or it is not to be found.
    func previous(of apply: AppliedFile) throws(FileAccessError) -> FileContent? {
        guard let before = apply.before else { return nil }
        return try kept(before)
    }

    /// Gives what an undo of the apply, broken off between its two renames, has left under the name of a kept file the name that it was to get.
    func keepRemains(of apply: AppliedFile) throws(FileAccessError) -> String? {
        try kept(apply.after).map { (left) throws(FileAccessError) in try keepAsUndone(left.path) }
    }

    private func kept(_ digest: FileDigest) throws(FileAccessError) -> FileContent? {
        try previous(ofSize: digest.size) { Digest.sha256($0) == digest.sha256 }
    }
}
