internal import ArgumentParser
internal import Workflow

/// An option that takes one value and is given several times. ArgumentParser takes the last one without a word, and has no way to refuse that.
enum RepeatedOption {
    /// Refuses a command line, which is otherwise in order, that gives such an option more than once. Without `--`, a word in it that begins with a
    /// dash is an option: no option takes such a word for its value.
    static func refuse(in words: [String]) throws {
        var counts: [String: Int] = [:]
        for name in words.prefix(while: { $0 != "--" }).flatMap(names) { counts[name, default: 0] += 1 }
        guard let (name, count) = counts.filter({ $0.value > 1 && takesOneValue($0.key) }).min(by: { $0.key < $1.key }) else { return }
        throw ValidationError(
            "--\(name) is given \(count == 2 ? "twice" : "\(count) times"), and takes one value. Give it once, with the value that is meant."
        )
    }

    /// The long names of the options in one word: `--map`, `--map=FILE`, `-o`, `-vo`.
    private static func names(in word: String) -> [String] {
        guard word.hasPrefix("-"), let option = word.split(separator: "=").first else { return [] }
        if option.hasPrefix("--") { return [String(option.dropFirst(2))] }
        return option.dropFirst().map { $0 == "o" ? SettingKey.output.rawValue : String($0) }
    }

    /// Which options these are, the settings know.
    private static func takesOneValue(_ name: String) -> Bool {
        ["config", "apply"].contains(name) || SettingKey(rawValue: name).map { !$0.isFlag && !$0.isList } ?? false
    }
}
