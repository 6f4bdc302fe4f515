/// A profile's signature, evaluated on one entry without a server: presence and objectClass tests under `&` and `|` (RFC 4515).
struct SignatureTest {
    private indirect enum Node {
        case all([Node])
        case any([Node])
        case present(String)
        case hasClass(String)
        case never
    }

    private let root: Node

    /// Reads a filter; a part of another kind never holds, as an LDAP server treats what it does not know.
    init(_ filter: String) {
        var rest = Array(filter.lowercased().utf8)[...]
        root = Self.node(&rest)
    }

    /// Whether an entry with these classes and attributes (in lower case) matches.
    func holds(classes: Set<String>, attributes: Set<String>) -> Bool { Self.holds(root, classes, attributes) }

    private static func holds(_ node: Node, _ classes: Set<String>, _ attributes: Set<String>) -> Bool {
        switch node {
        case .all(let parts): parts.allSatisfy { holds($0, classes, attributes) }
        case .any(let parts): parts.contains { holds($0, classes, attributes) }
        case .present(let name): attributes.contains(name)
        case .hasClass(let name): classes.contains(name)
        case .never: false
        }
    }

    private static func node(_ text: inout ArraySlice<UInt8>) -> Node {
        guard text.popFirst() == UInt8(ascii: "(") else { return .never }
        switch text.first {
        case UInt8(ascii: "&"): return .all(nodes(&text))
        case UInt8(ascii: "|"): return .any(nodes(&text))
        default: return test(&text)
        }
    }

    private static func nodes(_ text: inout ArraySlice<UInt8>) -> [Node] {
        text = text.dropFirst()
        var result: [Node] = []
        while text.first == UInt8(ascii: "(") { result.append(node(&text)) }
        if text.first == UInt8(ascii: ")") { text = text.dropFirst() }
        return result
    }

    private static func test(_ text: inout ArraySlice<UInt8>) -> Node {
        let end = text.firstIndex(of: UInt8(ascii: ")")) ?? text.endIndex
        let words = text[..<end].split(separator: UInt8(ascii: "="), maxSplits: 1).map { String(decoding: $0, as: UTF8.self) }
        text = text[min(end + 1, text.endIndex)...]
        guard words.count == 2 else { return .never }
        if words[1] == "*" { return .present(words[0]) }
        return words[0] == "objectclass" ? .hasClass(words[1]) : .never
    }
}
