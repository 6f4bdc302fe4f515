internal import MigrationFile
internal import Records
internal import Reporting

/// `undo FILE --list`: the applies of a file and what has become of them. Writes nothing, takes no lock.
struct UndoListing {
    let file: String
    let entries: [JournalEntry]

    func run(_ settings: OutputSettings, _ context: RunContext) throws(Failure) -> ExitStatus {
        let journal = Journal(entries, now: try now())
        if settings.json {
            context.console.data(
                JSONText.of(Listing(file: file, journal: JournalFile.path(beside: file), applies: journal.items.map(Listing.Apply.init))))
        } else {
            context.console.data(JournalReport.text(of: journal, file: file, ink: Ink(isOn: context.console.hasColours)))
        }
        return .done
    }

    private func now() throws(Failure) -> FileDigest? {
        do throws(FileAccessError) { return Digest.of(try FileReading.bytes(at: file)) } catch {
            if error.code == .notFound { return nil }
            throw Failure(error)
        }
    }
}

/// What `undo --list --json` says.
private struct Listing: Encodable {
    struct Apply: Encodable {
        var number: Int
        var at, plan, planSHA256: String
        var changedRows: Int
        var state: String
        /// The apply that stands over this one; left out where none does.
        var supersededBy: Int?
        var isUndone, isInPlace: Bool

        init(_ item: Journal.Item) {
            number = item.apply.number
            at = item.apply.at
            plan = item.apply.plan.path
            planSHA256 = item.apply.plan.sha256
            changedRows = item.apply.rows.count
            isUndone = item.state == .undone
            isInPlace = item.state == .inPlace
            switch item.state {
            case .inPlace: state = "inPlace"
            case .undone: state = "undone"
            case .superseded(let number):
                state = "superseded"
                supersededBy = number
            case .changed: state = "changed"
            case .notDone: state = "notDone"
            }
        }
    }

    var file, journal: String
    var applies: [Apply]
}
