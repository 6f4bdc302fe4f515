internal import MigrationFile
internal import Parallel
internal import Records

/// The reading of a user list with a key pattern, on a thread of its own, so that a pattern that does not come to an end keeps neither the
/// program nor Ctrl-C.
struct WatchedReading {
    /// How long the pattern may take over one cell, in looks. Counting them, not the time, a machine that slept does no harm.
    private static let mostLooks = 50
    private static let millisecondsBetweenLooks = 100

    let path: String
    let settings: Settings
    let isCancelled: @Sendable () -> Bool

    /// Does the reading. Where it is given up, its thread goes on until the process ends: a search cannot be stopped.
    func file(_ read: @escaping @Sendable (KeySearch?) throws -> MigrationFile) throws -> MigrationFile {
        guard let pattern = settings.keyPattern else { return try read(nil) }
        let search = KeySearch()
        let work = Background { try read(search) }
        var (place, looks) = (search.place, 0)
        while true {
            if let file = try work.value(within: Self.millisecondsBetweenLooks) { return file }
            if isCancelled() { throw Failure(.interrupted, "Interrupted; nothing was written.") }
            let now = search.place
            looks = now != nil && now == place ? looks + 1 : 0
            place = now
            guard let place, looks >= Self.mostLooks else { continue }
            let error = MigrationFileError(
                .slowKeyPattern, file: path, line: place.line, column: place.column,
                reason:
                    "the pattern of the unique key, \(pattern), does not come to an end over this cell; take out what can match one text in many ways, such as a + or * behind a group that ends in one, as in (a+)+, or tie the pattern to fixed text (setting key-pattern)"
            )
            throw Failure(settings.keyPatternFault, error.description)
        }
    }
}
