import Foundation

/// One entry as LDIF text (RFC 2849), encoded where that asks for it.
public struct LDIFEntry: Sendable {
    private var lines: [String]

    /// An entry with its classes; attributes without a value are left out.
    public init(_ dn: String, classes: [String], _ attributes: [(name: String, value: String)]) {
        lines = [Self.line("dn", dn)] + classes.map { "objectClass: \($0)" }
        lines += attributes.filter { !$0.value.isEmpty }.map { Self.line($0.name, $0.value) }
    }

    /// The text, with the empty line after it.
    public var text: String { lines.joined(separator: "\n") + "\n\n" }

    private static func line(_ name: String, _ value: String) -> String {
        let isSafe = value.utf8.allSatisfy { (0x20..<0x7f).contains($0) } && !" :<".contains(value.first ?? "x") && value.last != " "
        return isSafe ? "\(name): \(value)" : "\(name):: \(Data(value.utf8).base64EncodedString())"
    }
}
