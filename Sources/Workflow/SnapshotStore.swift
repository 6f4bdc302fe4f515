internal import DirectorySource
internal import MigrationFile
internal import Parallel

/// The file in which a read is kept for the next run.
struct SnapshotStore {
    private let choice: SnapshotChoice
    private let now: String

    /// `now`: the time, RFC 3339 in UTC.
    init(_ choice: SnapshotChoice, now: String) {
        self.choice = choice
        self.now = now
    }

    /// What a file holds, or why that cannot be gone on from.
    enum Content {
        case kept(TrackedSnapshot)
        case nothing(because: String)
    }

    /// Reads the file. Throws where the new one could not be written afterwards, since something else stands there.
    func load() throws(Failure) -> Content {
        let bytes: [UInt8]
        do throws(FileAccessError) { bytes = try FileReading.bytes(at: choice.path) } catch {
            switch error.code {
            case .notFound: return .nothing(because: "there is no snapshot '\(choice.path)' yet")
            case .changedMeanwhile: return .nothing(because: "the snapshot '\(choice.path)' was changed while it was read")
            case .inputIsFolder, .inputIsSpecial: throw Failure(.cannotCreate, "The snapshot cannot be kept: \(error)")
            default: throw Failure(error)
            }
        }
        if bytes.isEmpty { return .nothing(because: "the snapshot '\(choice.path)' is empty") }
        guard SnapshotFile.isOne(bytes) else {
            throw Failure(
                .cannotCreate,
                "The snapshot cannot be kept in '\(choice.path)': a file that is no snapshot stands there. Choose another name with --snapshot, or remove it."
            )
        }
        do throws(SnapshotFile.Problem) {
            let kept = try SnapshotFile.snapshot(in: bytes)
            if let reason = tooOld(kept) { return .nothing(because: reason) }
            return .kept(kept)
        } catch { return .nothing(because: "the snapshot '\(choice.path)' cannot be used: \(error.why)") }
    }

    private func tooOld(_ kept: TrackedSnapshot) -> String? {
        guard let then = UTCTime.seconds(kept.fullReadAt), let now = UTCTime.seconds(now), now >= then else {
            return "the last read of everything is in the future by this machine's clock (\(kept.fullReadAt))"
        }
        guard .seconds(now - then) >= choice.fullReadEvery else { return nil }
        return "everything was read last at \(kept.fullReadAt), longer ago than full-read-every allows"
    }

    /// Begins to write what is to be kept, beside the file and then in its place; `nil` when there is nothing to write. To be waited for.
    func save(_ read: TrackedRead, isCancelled: @escaping @Sendable () -> Bool) -> Background<Void>? {
        guard let kept = read.kept, !read.isUnchanged else { return nil }
        let path = choice.path
        return Background {
            try FileReplacement(output: path, existing: .replace).write(SnapshotFile.bytes(of: kept), isCancelled: isCancelled)
        }
    }
}

/// Times as `RunContext.now` gives them.
enum UTCTime {
    /// Seconds since 1970 of `2026-11-26T22:51:48Z`; `nil` for text of another form.
    static func seconds(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 20, bytes[10] == UInt8(ascii: "T"), bytes[19] == UInt8(ascii: "Z"),
            let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]),
            let hour = number(bytes[11..<13]), let minute = number(bytes[14..<16]), let second = number(bytes[17..<19]),
            (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second <= 60
        else { return nil }
        // Years that begin in March, so that a leap day is their last ("chrono-Compatible Low-Level Date Algorithms", days_from_civil).
        let shifted = month > 2 ? year : year - 1
        let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let days = shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + ofYear - 719_468
        return ((days * 24 + hour) * 60 + minute) * 60 + second
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(String(decoding: digits, as: UTF8.self)) : nil
    }
}
