internal import CSV
internal import Reporting
internal import MigrationFile
internal import Records

/// The corrected file as it is written: whole, with the certain rows only, or in parts by container.
///
/// An import works in one container, in which Common-Name tells who is meant (Platform SDK for Exchange, Common-Name), so rows for several containers belong into
/// several imports.
struct CorrectedParts {
    let plan: Plan
    let corrected: MigrationFile
    /// The path of the whole file, from which those of parts are made.
    let path: String

    /// The whole file.
    static func whole(_ plan: Plan, _ bytes: [UInt8], _ path: String) -> OutputFile {
        OutputFile(path: path, bytes: bytes, words: Self.rows(plan.rows.count), rows: plan.rows.count, places: Array(plan.rows.indices))
    }

    /// The container in which all mailboxes stand that are certain; `nil` where that is none, or not one.
    var onlyContainer: String? {
        let containers = Set(plan.rows.filter(\.situation.isCertain).compactMap { $0.target.map { DistinguishedName($0.dn).parent } })
        return containers.count == 1 ? containers.first : nil
    }

    /// The rows whose mailbox is certain, corrected now or right before.
    func certain() -> OutputFile {
        let places = plan.rows.indices.filter { plan.rows[$0].situation.isCertain }
        return file(path, places, "\(Self.rows(places.count)) whose mailbox is certain")
    }

    /// A file for each container with the certain rows whose mailboxes stand there, by DN; one for the rows that make a new mailbox; and one for the rest. Every row
    /// is in one of them, and none is empty.
    func byContainer(certainOnly: Bool) -> [(container: String?, file: OutputFile)] {
        var (places, new, rest): ([String: [Int]], [Int], [Int]) = ([:], [], [])
        for (place, row) in plan.rows.enumerated() {
            if row.situation.isCertain, let target = row.target {
                places[DistinguishedName(target.dn).parent, default: []].append(place)
            } else if row.situation == .absent {
                new.append(place)
            } else {
                rest.append(place)
            }
        }
        let words = OutputName.words(ofContainers: Array(places.keys))
        var files: [(String?, OutputFile)] = places.sorted { $0.key < $1.key }.map { container, places in
            (
                container,
                file(
                    OutputName.inserting(words[container] ?? "", into: path), places,
                    "\(Self.rows(places.count)) whose mailboxes are in \(container.printable)")
            )
        }
        if certainOnly { return files }
        if !new.isEmpty {
            files.append(
                (nil, file(OutputName.inserting("new", into: path), new, "\(Self.rows(new.count)) without a mailbox, for new ones")))
        }
        if !rest.isEmpty {
            files.append(
                (
                    nil,
                    file(
                        OutputName.inserting("rest", into: path), rest,
                        "\(Self.rows(rest.count)) that wait for a person, or are not imported")
                ))
        }
        return files
    }

    /// The rows that are left, as they stand: those that wait for a person, and those that cannot be used. In the form of the importer's own `.err`
    /// file, which is the failed lines under the header (KB Q152440).
    func rejects(_ path: String) -> OutputFile {
        let places = plan.rows.indices.filter { plan.rows[$0].situation.treatment == .review }
        return OutputFile(
            path: path, bytes: corrected.part(places), words: "\(Self.rows(places.count)) that wait for a person", rows: places.count)
    }

    private func file(_ path: String, _ places: [Int], _ words: String) -> OutputFile {
        OutputFile(path: path, bytes: corrected.part(places), words: words, rows: places.count, places: places)
    }

    private static func rows(_ count: Int) -> String { "\(count) row\(count == 1 ? "" : "s")" }
}

extension Situation {
    /// Whether the row's mailbox is known without a doubt.
    var isCertain: Bool { self == .certain || self == .correct }
}
