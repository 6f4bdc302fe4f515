internal import Records

/// All layers, strongest first (flag, environment, file, and what a plan remembers), and the typed reading of each text. An error names where the text was said.
struct SettingValues {
    /// Strongest first: flags, environment, configuration file, plan.
    let layers: [SettingLayer]
    /// Which of the layers is the environment.
    static let environmentLayer = 1

    init(_ context: RunContext, _ file: ConfigurationFile) throws(Failure) {
        layers = [context.flags, try .environment(context.environment), file.layer, context.remembered]
    }

    func entry(_ key: SettingKey) -> SettingLayer.Entry? { layers.lazy.compactMap { $0.entries[key] }.first }

    /// Whether this run itself was told, and not only a plan.
    func isToldNow(_ key: SettingKey) -> Bool { entry(key)?.isRemembered == false }

    func texts(_ key: SettingKey) -> [String] { entry(key)?.texts ?? [] }

    /// The text; `nil` when nobody said anything.
    func text(_ key: SettingKey) -> String? { entry(key)?.texts.first }

    func flag(_ key: SettingKey) throws(Failure) -> Bool {
        try value(key, expected: "true or false") {
            ["true": true, "yes": true, "on": true, "1": true, "false": false, "no": false, "off": false, "0": false][$0.lowercased()]
        }
            ?? false
    }

    /// Whether the one key was said by a stronger layer than the other, or the other not at all; `nil` when the same layer says both.
    func outweighs(_ key: SettingKey, _ other: SettingKey) -> Bool? {
        let (own, others) = (layers.firstIndex { $0.entries[key] != nil }, layers.firstIndex { $0.entries[other] != nil })
        guard own != others || own == nil else { return nil }
        return (own ?? .max) < (others ?? .max)
    }

    func value<Value>(_ key: SettingKey, expected: String, parse: (String) -> Value?) throws(Failure) -> Value? {
        guard let text = text(key) else { return nil }
        guard let value = parse(text) else { throw problem(key, "is '\(text)'; expected \(expected)") }
        return value
    }

    /// A time such as `10s`, `500ms`, `5m`, `1h`, `7d`; a bare number counts seconds.
    func duration(_ key: SettingKey, default standard: Duration) throws(Failure) -> Duration {
        try value(key, expected: "a time above 0 such as 10s, 500ms, 5m, 1h or 7d", parse: Self.duration) ?? standard
    }

    /// Refuses a postoffice that no MS Mail can have.
    func checkLength(_ postoffice: Postoffice?, _ key: SettingKey, item: Int? = nil) throws(Failure) {
        guard let postoffice, let name = postoffice.overlongName else { return }
        throw problem(
            key,
            "names the postoffice \(postoffice), but MS Mail's networks and postoffices have at most \(Postoffice.longestName) characters, and \(name) has \(name.count)",
            item: item)
    }

    /// What is wrong with a setting, led by where it was said; `item`: with which of its texts.
    func problem(_ key: SettingKey, _ text: String, item: Int? = nil) -> Failure {
        let told = entry(key)
        let origin =
            item.flatMap { told?.origins.indices.contains($0) == true ? told?.origins[$0] : nil } ?? told?.origin ?? "--\(key.rawValue)"
        return Failure(Self.status(ofFaultIn: origin), "\(origin) \(text)\([".", "?"].contains(text.last) ? "" : ".")")
    }

    /// How a run ends that is stopped by a setting's value.
    func status(ofFaultIn key: SettingKey) -> ExitStatus { Self.status(ofFaultIn: entry(key)?.origin ?? "--\(key.rawValue)") }

    private static func status(ofFaultIn origin: String) -> ExitStatus { origin.hasPrefix("--") ? .usage : .configuration }

    private static func duration(_ text: String) -> Duration? {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard let number = Int64(digits), number > 0, number < 1_000_000_000 else { return nil }
        switch text.dropFirst(digits.count).lowercased() {
        case "", "s": return .seconds(number)
        case "ms": return .milliseconds(number)
        case "m", "min": return .seconds(number * 60)
        case "h": return .seconds(number * 3600)
        case "d": return .seconds(number * 86400)
        default: return nil
        }
    }
}
