internal import Records
public import StrictYAML

/// Reads profiles: the shipped ones, a file of one's own, and single attributes laid over either.
public enum ProfileReader {
    /// The names of the shipped profiles, in the order in which `auto` tries them.
    public static let shippedNames = ["active-directory", "exchange55", "inetorgperson", "exchange50"]

    /// The YAML text of a shipped profile, which is part of the program; `nil` for any other name.
    static func shippedText(_ name: String) -> String? {
        switch name {
        case "active-directory": String(decoding: PackageResources.active_directory_yaml, as: UTF8.self)
        case "exchange50": String(decoding: PackageResources.exchange50_yaml, as: UTF8.self)
        case "exchange55": String(decoding: PackageResources.exchange55_yaml, as: UTF8.self)
        case "inetorgperson": String(decoding: PackageResources.inetorgperson_yaml, as: UTF8.self)
        default: nil
        }
    }

    /// A shipped profile; `nil` for any other name. Throws when the shipped text is broken.
    public static func shipped(_ name: String) throws(YAMLProblem) -> DirectoryProfile? {
        guard let text = shippedText(name) else { return nil }
        return try profile(parsing: text, file: "config/profiles/\(name).yaml")
    }

    /// A profile from a YAML text. `extends: NAME` starts from a shipped one.
    public static func profile(parsing text: String, file: String) throws(YAMLProblem) -> DirectoryProfile {
        let yaml = try YAMLMapping(parsing: text, file: file)
        try yaml.allowOnly(["name", "title", "extends", "signature", "schemaNames", "kindsRemark"] + overridableKeys)
        guard let name = try yaml.text("name") else { throw yaml.problem("a profile needs a 'name'") }
        var result = try start(for: yaml)
        result.name = name
        result.title = try yaml.text("title") ?? name
        if let signature = try yaml.text("signature") { result.signature = signature == "none" ? nil : signature }
        if let names = try yaml.mapping("schemaNames") { try lay(schemaNames: names, over: &result) }
        try lay(yaml, over: &result)
        if let remark = try yaml.text("kindsRemark") { result.kindsRemark = remark }
        if result.filter.isEmpty { throw yaml.problem("a profile needs a 'filter', or 'extends'") }
        if result.kinds.isEmpty { throw yaml.problem("a profile needs 'kinds', or 'extends'") }
        return result
    }

    /// The keys that a configuration file may lay over a profile.
    public static let overridableKeys = [
        "filter", "attributes", "displayNameRepeatsDirectoryName", "adminViewSuffix", "addresses", "kinds",
    ]

    /// Lays the keys of `yaml` that concern a profile over one. `kinds` and `addresses` replace the whole list; `attributes` single ones.
    public static func lay(_ yaml: YAMLMapping, over profile: inout DirectoryProfile) throws(YAMLProblem) {
        if let filter = try yaml.text("filter") { profile.filter = filter }
        if let attributes = try yaml.mapping("attributes") { try lay(attributes: attributes, over: &profile) }
        if let flag = try yaml.flag("displayNameRepeatsDirectoryName") { profile.displayNameRepeatsDirectoryName = flag }
        if let suffix = try yaml.text("adminViewSuffix") { profile.adminViewSuffix = suffix == "none" ? nil : suffix }
        if yaml["addresses"] != nil { profile.addresses = try addresses(yaml.mappings("addresses")) }
        if yaml["kinds"] != nil { (profile.kinds, profile.kindsRemark) = (try kinds(yaml.mappings("kinds")), "") }
    }

    private static func lay(schemaNames yaml: YAMLMapping, over profile: inout DirectoryProfile) throws(YAMLProblem) {
        var seen: Set<String> = []
        for attribute in yaml.keys {
            guard seen.insert(attribute.lowercased()).inserted else {
                throw yaml.problem(
                    "the attribute '\(attribute)' stands there twice; names of attributes compare without case", at: attribute)
            }
            let name = try yaml.value(attribute, expected: "the schema name of that attribute, such as Mail-nickname, or none") {
                $0.isEmpty ? nil : $0
            }
            profile.schemaNames[attribute.lowercased()] = name == "none" ? nil : name
        }
    }

    private static func start(for yaml: YAMLMapping) throws(YAMLProblem) -> DirectoryProfile {
        guard let base = try yaml.text("extends") else { return empty }
        guard let profile = try shipped(base) else {
            throw yaml.problem("there is no shipped profile '\(base)'; there are \(shippedNames.joined(separator: ", "))", at: "extends")
        }
        return profile
    }

    private static let lists: [(key: String, path: any WritableKeyPath<DirectoryProfile, [String]> & Sendable)] = [
        ("alias", \.alias), ("displayName", \.displayName), ("givenName", \.givenName), ("surname", \.surname), ("initials", \.initials),
        ("department", \.department), ("homeServer", \.homeServer), ("hidden", \.hidden), ("deleted", \.deleted), ("id", \.id),
        ("key", \.key),
    ]

    private static func lay(attributes yaml: YAMLMapping, over profile: inout DirectoryProfile) throws(YAMLProblem) {
        try yaml.allowOnly(["directoryName", "directoryNameCheck", "legacyDN"] + lists.map(\.key))
        let rules = DirectoryProfile.DirectoryNameRule.allCases.map(\.rawValue).joined(separator: " or ")
        if let rule = try yaml.value("directoryName", expected: rules, parse: DirectoryProfile.DirectoryNameRule.init(rawValue:)) {
            profile.directoryName = rule
        }
        if let check = try attribute("directoryNameCheck", yaml) { profile.directoryNameCheck = check == "none" ? nil : check }
        if let legacy = try attribute("legacyDN", yaml) { profile.legacyDN = legacy }
        for (key, path) in lists where yaml[key] != nil { profile[keyPath: path] = try attributes(key, yaml) }
        if profile.directoryName == .leafOfLegacyDN, profile.legacyDN == nil {
            throw yaml.problem("'directoryName: leaf-of-legacy-dn' needs 'legacyDN', the attribute that holds it")
        }
    }

    /// The attribute that a key names; `nil` where the key is not there.
    private static func attribute(_ key: String, _ yaml: YAMLMapping) throws(YAMLProblem) -> String? {
        try yaml.value(key, expected: AttributeName.expected) { AttributeName.isPossible($0) ? $0 : nil }
    }

    /// The attributes that a key names; none where it says `none`.
    private static func attributes(_ key: String, _ yaml: YAMLMapping) throws(YAMLProblem) -> [String] {
        let names = try yaml.texts(key)
        if let item = names.firstIndex(where: { !AttributeName.isPossible($0) }) {
            throw yaml.problem("'\(key)' is '\(names[item])'; expected \(AttributeName.expected)", ofValue: key, item: item)
        }
        return names.filter { $0 != "none" }
    }

    private static func addresses(_ items: [YAMLMapping]) throws(YAMLProblem) -> [DirectoryProfile.AddressSource] {
        var result: [DirectoryProfile.AddressSource] = []
        for yaml in items {
            try yaml.allowOnly(["attribute", "separator", "type"])
            guard let attribute = try attribute("attribute", yaml) else { throw yaml.problem("an address source needs an 'attribute'") }
            let separator = try yaml.value("separator", expected: "one character, such as \"$\" or \":\"") {
                $0.count == 1 ? $0.first : nil
            }
            let type = try yaml.text("type")
            guard (separator == nil) != (type == nil) else {
                throw yaml.problem(
                    "an address source has either a 'separator' (values such as MS$NET/PO/USER) or a 'type' (values without one)")
            }
            result.append(DirectoryProfile.AddressSource(attribute: attribute, separator: separator, type: type ?? ""))
        }
        return result
    }

    private static func kinds(_ items: [YAMLMapping]) throws(YAMLProblem) -> [DirectoryProfile.KindRule] {
        var result: [DirectoryProfile.KindRule] = []
        let expected = RecipientKind.allCases.map(\.rawValue).joined(separator: ", ") + " or none"
        for yaml in items {
            try yaml.allowOnly(["kind", "objectClass", "has", "where"])
            let kind = try yaml.value("kind", expected: expected) {
                $0 == "none" ? .some(nil) : RecipientKind(rawValue: $0).map(Optional.some)
            }
            guard let kind else { throw yaml.problem("a line of 'kinds' needs a 'kind': \(expected)") }
            var values: [String: String] = [:]
            if let conditions = try yaml.mapping("where") {
                for attribute in conditions.keys {
                    guard AttributeName.isPossible(attribute) else {
                        throw conditions.problem("'\(attribute)' is no attribute; expected \(AttributeName.expected)", at: attribute)
                    }
                    values[attribute] = try conditions.text(attribute)
                }
            }
            result.append(
                DirectoryProfile.KindRule(
                    kind: kind, objectClasses: try yaml.texts("objectClass"), has: try attribute("has", yaml) ?? "", values: values))
        }
        return result
    }

    private static let empty = DirectoryProfile(
        name: "", title: "", filter: "", signature: nil, directoryName: .leafOfDN, directoryNameCheck: nil, legacyDN: nil, alias: [],
        displayName: [],
        givenName: [], surname: [], initials: [], department: [], homeServer: [], hidden: [], deleted: [], id: [], key: [],
        displayNameRepeatsDirectoryName: true,
        addresses: [], kinds: [])
}
