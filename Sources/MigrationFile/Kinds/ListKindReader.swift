public import StrictYAML

/// Reads kinds of files: the shipped ones, and files of one's own.
public enum ListKindReader {
    /// The names of the shipped kinds, in the order in which they are looked for.
    public static let shippedNames = ["msmail-user-list", "exchange-directory-import", "exchange-online-imap"]

    /// The YAML text of a shipped kind, which is part of the program; `nil` for any other name.
    static func shippedText(_ name: String) -> String? {
        switch name {
        case "msmail-user-list": String(decoding: PackageResources.msmail_user_list_yaml, as: UTF8.self)
        case "exchange-directory-import": String(decoding: PackageResources.exchange_directory_import_yaml, as: UTF8.self)
        case "exchange-online-imap": String(decoding: PackageResources.exchange_online_imap_yaml, as: UTF8.self)
        default: nil
        }
    }

    /// A shipped kind; `nil` for any other name. Throws when the shipped text is broken.
    public static func shipped(_ name: String) throws(YAMLProblem) -> ListKind? {
        guard let text = shippedText(name) else { return nil }
        return try kind(parsing: text, file: "config/files/\(name).yaml")
    }

    /// All shipped kinds, in the order in which they are looked for.
    static let shippedKinds: [ListKind] = shippedNames.compactMap { name in
        do { return try shipped(name) } catch { preconditionFailure("a shipped kind of file is broken: \(error)") }
    }

    /// A kind from a YAML text.
    public static func kind(parsing text: String, file: String) throws(YAMLProblem) -> ListKind {
        let yaml = try YAMLMapping(parsing: text, file: file)
        try yaml.allowOnly([
            "name", "title", "importer", "headerStartsWith", "linesBefore", "leading", "columns", "required", "fullNameFrom", "writes",
            "secret",
        ])
        guard let name = try yaml.text("name") else { throw yaml.problem("a kind of file needs a 'name'") }
        let columns = try columns(yaml)
        let leading = try yaml.texts("leading")
        guard let start = try yaml.text("headerStartsWith") ?? leading.first else {
            throw yaml.problem("a kind of file needs 'headerStartsWith', the first cell of its header, by which it is known")
        }
        guard columns[.mailboxName] != nil else {
            throw yaml.problem("'columns' needs 'mailboxName': which column says whose mailbox is migrated", at: "columns")
        }
        let importers = ListKind.Importer.allCases.map(\.rawValue).joined(separator: ", ")
        let kind = ListKind(
            name: name, title: try yaml.text("title") ?? name,
            importer: try yaml.value("importer", expected: importers, parse: ListKind.Importer.init(rawValue:)) ?? .none,
            headerStart: start,
            preambleLimit: try yaml.value("linesBefore", expected: "a number from 0 to \(HeaderSearch.preambleLimit)") { text in
                Int(text).flatMap { (0...HeaderSearch.preambleLimit).contains($0) ? $0 : nil }
            } ?? 0,
            leading: leading, columns: columns, required: try fields("required", yaml, columns),
            fullNameParts: try fields("fullNameFrom", yaml, columns), writes: try writes(yaml, columns),
            secretColumns: Set(try yaml.texts("secret").map { $0.trimmed.lowercased() }))
        try refuseSecretsInUse(kind, yaml)
        return kind
    }

    private static let fieldNames = ListKind.Field.allCases.map(\.rawValue)

    private static func columns(_ yaml: YAMLMapping) throws(YAMLProblem) -> [ListKind.Field: [String]] {
        guard let mapping = try yaml.mapping("columns") else {
            throw yaml.problem("a kind of file needs 'columns': which column says what")
        }
        try mapping.allowOnly(fieldNames)
        var columns: [ListKind.Field: [String]] = [:]
        for key in mapping.keys {
            guard let field = ListKind.Field(rawValue: key) else { continue }
            let names = try mapping.texts(key)
            if let item = names.firstIndex(where: { $0.trimmed.isEmpty }) {
                throw mapping.problem("'\(key)' has an empty name; expected the name of a column", ofValue: key, item: item)
            }
            columns[field] = names
        }
        return columns
    }

    /// The fields that a key lists, each of which has a column.
    private static func fields(
        _ key: String, _ yaml: YAMLMapping, _ columns: [ListKind.Field: [String]]
    ) throws(YAMLProblem) -> [ListKind.Field] {
        var fields: [ListKind.Field] = []
        for (item, text) in try yaml.texts(key).enumerated() {
            guard let field = ListKind.Field(rawValue: text), columns[field] != nil else {
                throw yaml.problem(
                    "'\(key)' has '\(text)'; expected one of those in 'columns': \(names(in: columns))", ofValue: key, item: item)
            }
            fields.append(field)
        }
        return fields
    }

    private static func names(in columns: [ListKind.Field: [String]]) -> String {
        ListKind.Field.allCases.filter { columns[$0] != nil }.map(\.rawValue).joined(separator: ", ")
    }

    private static func writes(_ yaml: YAMLMapping, _ columns: [ListKind.Field: [String]]) throws(YAMLProblem) -> [ListKind.Write] {
        var writes: [ListKind.Write] = []
        for item in try yaml.mappings("writes") {
            try item.allowOnly(["column", "from"])
            let field = try item.value("column", expected: "one of those in 'columns': \(names(in: columns))") { text in
                ListKind.Field(rawValue: text).flatMap { columns[$0] == nil ? nil : $0 }
            }
            let sources = ListKind.Source.allCases.map(\.rawValue).joined(separator: ", ")
            let source = try item.value("from", expected: sources, parse: ListKind.Source.init(rawValue:))
            guard let field, let source else {
                throw item.problem("a line of 'writes' needs a 'column' and 'from', what is written there: \(sources)")
            }
            guard (field == .mode) == (source == .mode || source == .modify) else {
                throw item.problem(
                    "what --mode says, or 'modify', goes into the column 'mode' and nowhere else, and nothing else goes there", at: "from")
            }
            if writes.contains(where: { $0.field == field }) {
                throw item.problem("the column '\(field.rawValue)' is written twice", at: "column")
            }
            writes.append(ListKind.Write(field: field, source: source))
        }
        if writes.isEmpty { throw yaml.problem("a kind of file needs 'writes': what a row gets whose mailbox is certain") }
        return writes
    }

    /// A secret is read by nothing.
    private static func refuseSecretsInUse(_ kind: ListKind, _ yaml: YAMLMapping) throws(YAMLProblem) {
        for field in ListKind.Field.allCases {
            for name in kind.columns[field] ?? [] where kind.isSecret(name) {
                throw yaml.problem(
                    "the column '\(name)' is secret, but '\(field.rawValue)' is read from it; take it out of one", at: "secret")
            }
        }
    }
}
