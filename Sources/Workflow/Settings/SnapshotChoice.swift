/// Whether a read goes on from an earlier one that was kept in a file.
struct SnapshotChoice: Sendable, Equatable {
    /// The file's path.
    var path: String
    /// After so long everything is read again, whatever the file holds.
    var fullReadEvery: Duration

    /// From the settings; `nil` when no file was named.
    init?(_ values: SettingValues, _ places: [Settings.Place]) throws(Failure) {
        let longest = try values.duration(.fullReadEvery, default: .seconds(7 * 86400))
        guard let path = values.text(.snapshot) else {
            if values.entry(.fullReadEvery) != nil, values.isToldNow(.fullReadEvery) {
                throw values.problem(.fullReadEvery, "needs --snapshot, the file that it is about")
            }
            return nil
        }
        guard !path.isEmpty else { throw values.problem(.snapshot, "names no file") }
        for case .ldif in places {
            throw values.problem(.snapshot, "does not go with an LDIF file, which does not tell what changed. Leave it out")
        }
        self.path = path
        fullReadEvery = longest
    }
}
