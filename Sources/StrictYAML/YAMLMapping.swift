internal import Yams

/// What is wrong in a YAML file, and where. Lines and columns count from 1.
public struct YAMLProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file's name as given.
    public let file: String
    /// The line; 0 when the parser could not say.
    public let line: Int
    /// The column; 0 when the parser could not say.
    public let column: Int
    /// What is wrong, what was expected, and what to do.
    public let text: String

    /// `FILE:LINE:COLUMN: text`.
    public var description: String { line > 0 ? "\(file):\(line):\(column): \(text)" : "\(file): \(text)" }
}

/// A mapping in a YAML file that knows where each of its values stands, and that no unknown key slips through.
public struct YAMLMapping: Sendable {
    /// The file's name, for messages.
    public let file: String
    /// A value is `nil` where the file says null: the key counts as absent, but not as unwritten.
    private let pairs: [(key: YAMLScalar, value: YAMLValue?)]
    private let position: (line: Int, column: Int)

    /// Reads a file's text; a byte order mark before it does not count. An empty file is an empty mapping. Throws a `YAMLProblem` for anything that is not YAML or not a mapping.
    public init(parsing text: String, file: String) throws(YAMLProblem) {
        let scalars = text.unicodeScalars.first == "\u{FEFF}" ? text.unicodeScalars.dropFirst() : text.unicodeScalars[...]
        if let place = AliasCount.excess(in: scalars) {
            throw YAMLProblem(file: file, line: place.line, column: place.column, text: Self.noAliases)
        }
        let parser: Parser
        let node: Node?
        do {
            parser = try Parser(yaml: String(scalars))
            node = try parser.singleRoot()
        } catch {
            throw Self.problem(error, in: file)
        }
        // The nodes' anchors belong to the parser.
        defer { withExtendedLifetime(parser) {} }
        guard let node, node.null == nil else {
            self.init(file: file, pairs: [], position: (1, 1))
            return
        }
        guard case .mapping(let mapping) = try YAMLValue(node, file: file) else {
            throw YAMLProblem(
                file: file, line: 1, column: 1, text: "the file must be a mapping of keys to values, such as 'base: o=CONTOSO'")
        }
        self = mapping
    }

    init(file: String, pairs: [(key: YAMLScalar, value: YAMLValue?)], position: (line: Int, column: Int)) {
        self.file = file
        self.pairs = pairs
        self.position = position
    }

    static let noAliases = "anchors and aliases are not used here; write the value out"

    private static func problem(_ error: any Error, in file: String) -> YAMLProblem {
        switch error {
        case YamlError.scanner(_, let what, let mark, _), YamlError.parser(_, let what, let mark, _),
            YamlError.composer(_, let what, let mark, _):
            YAMLProblem(file: file, line: mark.line, column: mark.column, text: "this is not YAML: \(what)")
        case YamlError.duplicatedKeysInMapping(let keys, let context):
            YAMLProblem(
                file: file, line: context.mark.line, column: context.mark.column,
                text: "the same key stands there twice: \(keys.joined(separator: ", "))")
        default: YAMLProblem(file: file, line: 0, column: 0, text: "this is not YAML: \(error)")
        }
    }

    /// The keys that have a value, in the order of the file.
    public var keys: [String] { pairs.filter { $0.value != nil }.map(\.key.text) }

    /// Throws for the first key that is not among `known`, and names the nearest one that is.
    public func allowOnly(_ known: [String]) throws(YAMLProblem) {
        for (key, _) in pairs where !known.contains(key.text) {
            let hint =
                WordSuggestion.nearest(to: key.text, among: known).map { "; did you mean '\($0)'?" }
                ?? ". Known keys: \(known.joined(separator: ", "))"
            throw YAMLProblem(file: file, line: key.line, column: key.column, text: "unknown key '\(key.text)'\(hint)")
        }
    }

    /// The value of a key; `nil` when the key is absent or its value is null.
    public subscript(key: String) -> YAMLValue? { pairs.first { $0.key.text == key }.flatMap(\.value) }

    /// The one text of a key.
    public func text(_ key: String) throws(YAMLProblem) -> String? { try self[key]?.text(of: key, in: file).text }

    /// The texts of a key that takes one or a list of them; empty when the key is absent.
    public func texts(_ key: String) throws(YAMLProblem) -> [String] {
        guard let value = self[key] else { return [] }
        if case .sequence(let items, _) = value {
            var result: [String] = []
            for item in items { result.append(try item.text(of: key, in: file).text) }
            return result
        }
        return [try value.text(of: key, in: file).text]
    }

    /// A key's text made into something by `parse`; its `nil` is an error that says what was expected.
    public func value<Value>(_ key: String, expected: String, parse: (String) -> Value?) throws(YAMLProblem) -> Value? {
        guard let scalar = try self[key]?.text(of: key, in: file) else { return nil }
        guard let value = parse(scalar.text) else {
            throw YAMLProblem(
                file: file, line: scalar.line, column: scalar.column, text: "'\(key)' is '\(scalar.text)'; expected \(expected)")
        }
        return value
    }

    /// A key's true or false.
    public func flag(_ key: String) throws(YAMLProblem) -> Bool? {
        try value(key, expected: "true or false") {
            ["true": true, "yes": true, "on": true, "false": false, "no": false, "off": false][$0.lowercased()]
        }
    }

    /// A key's mapping.
    public func mapping(_ key: String) throws(YAMLProblem) -> YAMLMapping? {
        guard let value = self[key] else { return nil }
        guard case .mapping(let mapping) = value else { throw value.problem("'\(key)' must be a mapping of keys to values", in: file) }
        return mapping
    }

    /// A key's list of mappings; empty when the key is absent.
    public func mappings(_ key: String) throws(YAMLProblem) -> [YAMLMapping] {
        guard let value = self[key] else { return [] }
        guard case .sequence(let items, _) = value else { throw value.problem("'\(key)' must be a list", in: file) }
        var result: [YAMLMapping] = []
        for item in items {
            guard case .mapping(let mapping) = item else { throw item.problem("each item of '\(key)' must be a mapping", in: file) }
            result.append(mapping)
        }
        return result
    }

    /// Where a key's value begins, and where each of its items does when it is a list; the key's own place where it has none. Lines and columns
    /// count from 1.
    public func places(ofValue key: String) -> (value: (line: Int, column: Int), items: [(line: Int, column: Int)]) {
        guard let value = self[key] else {
            let own = problem("", at: key)
            return ((own.line, own.column), [])
        }
        guard case .sequence(let items, _) = value else { return (value.place, []) }
        return (value.place, items.map(\.place))
    }

    /// A problem with a key's value, or with that item of it, from 0, where it is a list.
    public func problem(_ text: String, ofValue key: String, item: Int = 0) -> YAMLProblem {
        let places = places(ofValue: key)
        let place = places.items.indices.contains(item) ? places.items[item] : places.value
        return YAMLProblem(file: file, line: place.line, column: place.column, text: text)
    }

    /// A problem at this mapping's place, or at that of one of its keys.
    public func problem(_ text: String, at key: String? = nil) -> YAMLProblem {
        let place = key.flatMap { key in pairs.first { $0.key.text == key }.map { ($0.key.line, $0.key.column) } } ?? position
        return YAMLProblem(file: file, line: place.0, column: place.1, text: text)
    }
}

/// A text in a YAML file, with its place.
public struct YAMLScalar: Sendable {
    /// The text, quotes and escapes undone.
    public let text: String
    /// The line, from 1.
    public let line: Int
    /// The column, from 1.
    public let column: Int
}

/// A value in a YAML file, with its place.
public indirect enum YAMLValue: Sendable {
    /// A text, number or truth value.
    case scalar(YAMLScalar)
    /// A list and where it begins.
    case sequence([YAMLValue], YAMLScalar)
    /// A mapping.
    case mapping(YAMLMapping)

    init(_ node: Node, file: String) throws(YAMLProblem) {
        let mark = node.mark
        let place = YAMLScalar(text: node.string ?? "", line: mark?.line ?? 0, column: mark?.column ?? 0)
        // An alias comes as the node that it stands for: ten lines of them would be a million values.
        guard node.anchor == nil else {
            throw YAMLProblem(file: file, line: place.line, column: place.column, text: YAMLMapping.noAliases)
        }
        switch node {
        case .scalar: self = .scalar(place)
        case .sequence(let items):
            var values: [YAMLValue] = []
            for item in items { values.append(try YAMLValue(item, file: file)) }
            self = .sequence(values, place)
        case .mapping(let mapping):
            var pairs: [(key: YAMLScalar, value: YAMLValue?)] = []
            for (key, value) in mapping {
                guard case .scalar(let name) = try YAMLValue(key, file: file) else {
                    throw YAMLProblem(file: file, line: place.line, column: place.column, text: "a key must be a plain text")
                }
                pairs.append((name, value.null == nil ? try YAMLValue(value, file: file) : nil))
            }
            self = .mapping(YAMLMapping(file: file, pairs: pairs, position: (place.line, place.column)))
        case .alias:
            throw YAMLProblem(file: file, line: place.line, column: place.column, text: YAMLMapping.noAliases)
        }
    }

    func text(of key: String, in file: String) throws(YAMLProblem) -> YAMLScalar {
        guard case .scalar(let scalar) = self else { throw problem("'\(key)' must be one value, not a list or mapping", in: file) }
        return scalar
    }

    func problem(_ text: String, in file: String) -> YAMLProblem {
        YAMLProblem(file: file, line: place.line, column: place.column, text: text)
    }

    var place: (line: Int, column: Int) {
        switch self {
        case .scalar(let place), .sequence(_, let place): (place.line, place.column)
        case .mapping(let mapping):
            { ($0.line, $0.column) }(mapping.problem(""))
        }
    }
}
