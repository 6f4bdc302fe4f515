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

    /// Runs the command. A name that nothing fits ends it with a failure after the others were shown.
    public func run(_ context: RunContext) throws(Failure) -> ExitStatus {
        let settings = try Settings(context)
        let directory = try Directory(settings, context)
        if let reason = settings.certificateCheckOff { show(UncheckedCertificate.words(reason), settings, context.console) }
        var missing: [String] = []
        for name in names {
            let entries = try directory.rawEntries(named: name, operational: settings.command.showsOperational).sorted { $0.dn < $1.dn }
            if entries.isEmpty { missing.append(name) }
            for entry in entries { context.console.data(text(of: entry, settings, context.console)) }
        }
        guard missing.isEmpty else {
            throw Failure(
                .noInput,
                "Nothing in the directory is called \(missing.map { "'\($0)'" }.joined(separator: ", ")): no DN, alias, directory name, display name or address."
            )
        }
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
