internal import DirectorySource
internal import Foundation
internal import Records
internal import Reporting

/// `raw NAME…`: entries as Exchange Administrator's raw mode shows them.
public struct RawCommand: Sendable {
    /// What to look for: DNs, aliases, directory names, display names or addresses.
    public var names: [String]

    /// A command from its parts.
    public init(names: [String]) { self.names = names }

    /// Runs the command. A name that nothing fits ends it with a failure after the others were shown: it says so flatly only where everything
    /// was looked through.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let settings = try Settings(context)
        let directory = try Directory(settings, context)
        if let reason = settings.certificateCheckOff { show(UncheckedCertificate.words(reason), settings, context.console) }
        var missing = Missing()
        for name in names {
            let finding = try directory.find(name, operational: settings.command.showsOperational)
            if finding.entries.isEmpty { missing.add(name, finding) }
            for entry in finding.entries.sorted(by: { $0.dn < $1.dn }) { context.console.data(text(of: entry, settings, context.console)) }
        }
        if let failure = missing.failure { throw failure }
        return .done
    }

    /// Shows a remark on all entries, where the form that they are written in has a place for it; else beside them.
    private func show(_ remark: String, _ settings: Settings, _ console: Console) {
        switch settings.command.rawForm {
        case .ldif: console.data("# \(remark)\n")
        case .text: console.data(remark + "\n\n")
        case .json: if !settings.quiet { console.talk(remark) }
        }
    }

    /// Names that nothing fits.
    private struct Missing {
        private var names: [String] = []
        private var place = ""
        private var unseen: [String] = []

        mutating func add(_ name: String, _ finding: RawFinding) {
            names.append("'\(name)'")
            place = finding.place
            for reason in finding.unseen where !unseen.contains(reason) { unseen.append(reason) }
        }

        var failure: Failure? {
            guard !names.isEmpty else { return nil }
            let list = names.joined(separator: ", ")
            let kinds = "no DN, alias, directory name, display name or address"
            guard unseen.isEmpty else {
                return Failure(
                    .stoppedByLimit,
                    "Nothing that could be seen \(place) is called \(list) (\(kinds)), but not everything could: \(unseen.joined(separator: "; "))."
                        .replacing("?.", with: "?"))
            }
            return Failure(.noInput, "Nothing \(place) is called \(list): \(kinds).")
        }
    }

    private func text(of entry: RawEntry, _ settings: Settings, _ console: Console) -> String {
        switch settings.command.rawForm {
        case .ldif: LDIFText.of(entry)
        case .json: JSONText.line(of: RawJSON(entry))
        case .text: RawText.of(entry, Ink(isOn: console.hasColours))
        }
    }
}

/// An entry as a person reads it: a line for each value, with the schema's name of the attribute where that is another one.
private enum RawText {
    /// More octets of a binary value say nothing to a person; `--json` and `--ldif` have them all.
    private static let mostOctets = 64
    /// Longer names push their values to the right.
    private static let widestName = 42

    static func of(_ entry: RawEntry, _ ink: Ink) -> String {
        let names = entry.attributes.map(name)
        let width = min(names.map(\.count).max() ?? 0, widestName)
        var lines = [ink.bold(entry.dn.printable)]
        for (name, attribute) in zip(names, entry.attributes) {
            for value in attribute.shown(longest: mostOctets) {
                lines.append(value.isEmpty ? "  \(name)" : "  \(name.padded(to: width))  \(value.printable)")
            }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func name(_ attribute: RawEntry.Attribute) -> String {
        let name = attribute.name.printable
        guard let schemaName = attribute.schemaName, !schemaName.equalsWithoutCase(attribute.name) else { return name }
        return "\(name) (\(schemaName.printable))"
    }
}

/// What `raw --json` says of an entry: each value as shown, and its octets where that is not the value itself.
private struct RawJSON: Encodable {
    struct Value: Encodable {
        var text: String
        var base64: String?
    }
    var dn: String
    var attributes: [String: [Value]]
    /// By attribute, what the server's own schema calls it; `nil` where no such name is known.
    var schemaNames: [String: String]?

    init(_ entry: RawEntry) {
        dn = entry.dn
        let names = entry.attributes.compactMap { attribute in attribute.schemaName.map { (attribute.name, $0) } }
        schemaNames = names.isEmpty ? nil : Dictionary(names) { first, _ in first }
        attributes = Dictionary(
            entry.attributes.map { attribute in
                let values = zip(attribute.shown, attribute.values).map { shown, octets in
                    Value(
                        text: shown, base64: String(validating: octets, as: UTF8.self) == shown ? nil : Data(octets).base64EncodedString())
                }
                return (attribute.name, values)
            }
        ) { $0 + $1 }
    }
}

/// An entry as RFC 2849 writes it.
private enum LDIFText {
    static func of(_ entry: RawEntry) -> String {
        var lines = [line("dn", Array(entry.dn.utf8))]
        for attribute in entry.attributes { lines += attribute.values.map { line(attribute.name, $0) } }
        return lines.joined(separator: "\n") + "\n\n"
    }

    private static func line(_ name: String, _ value: [UInt8]) -> String {
        let isSafe = value.allSatisfy { (0x20...0x7E).contains($0) } && ![0x20, 0x3A, 0x3C].contains(value.first) && value.last != 0x20
        return isSafe ? "\(name): \(String(decoding: value, as: UTF8.self))" : "\(name):: \(Data(value).base64EncodedString())"
    }
}
