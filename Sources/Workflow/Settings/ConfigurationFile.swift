internal import StrictYAML

/// The configuration file: every setting by its name, and what is laid over a profile.
struct ConfigurationFile {
    var layer = SettingLayer()
    /// The keys that change a profile: `addresses`, `attributes`, `kinds` …; `nil` when there is no file.
    var profileChanges: YAMLMapping?

    /// The file that `--config` or the environment names; empty when neither does.
    init(_ context: RunContext) throws(Failure) {
        guard let path = Self.path(context) else { return }
        do {
            self = try ConfigurationFile(parsing: TextFile.text(path, what: "configuration file", failing: .configuration), path: path)
        } catch { throw Failure(error) }
    }

    /// The file's path.
    static func path(_ context: RunContext) -> String? { context.configuration ?? context.environment["LDAP_RECONCILE_CONFIG"] }

    /// Reads a file's text. An unknown or misspelt key is an error with line and column.
    init(parsing text: String, path: String) throws(YAMLProblem) {
        let yaml = try YAMLMapping(parsing: text, file: path)
        try yaml.allowOnly(SettingKey.allCases.map(\.rawValue) + Self.profileKeys)
        for key in SettingKey.allCases where yaml[key.rawValue] != nil {
            let texts = key.isList ? try yaml.texts(key.rawValue) : [try yaml.text(key.rawValue) ?? ""]
            let places = yaml.places(ofValue: key.rawValue)
            func origin(_ place: (line: Int, column: Int)) -> String { "\(path):\(place.line):\(place.column): \(key.rawValue)" }
            layer.set(key, texts, origin: origin(places.value), origins: places.items.map(origin))
        }
        profileChanges = yaml
    }

    /// Keys beside the settings that concern the profile. (`filter` is a setting too.)
    static let profileKeys = ["attributes", "displayNameRepeatsDirectoryName", "adminViewSuffix", "addresses", "kinds"]
}
