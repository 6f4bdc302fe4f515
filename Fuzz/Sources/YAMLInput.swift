import DirectorySource
import MigrationFile
import StrictYAML

/// A profile or a kind of file of one's own, or a configuration file: every key asked for in every way, and laid over a profile.
struct YAMLInput {
    let choice: UInt8
    let bytes: [UInt8]

    func run() {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            if choice & 3 == 2 {
                let kind = try ListKindReader.kind(parsing: text, file: "kind.yaml")
                let list = "A,B,C\r\n1,2,3\r\n4,5\r\n"
                _ = try? MigrationFile.read(bytes: Array(list.utf8), name: "list.csv", options: ReadOptions(kind: kind))
            } else if choice & 1 == 0 {
                _ = try ProfileReader.profile(parsing: text, file: "profile.yaml")
            } else {
                let yaml = try YAMLMapping(parsing: text, file: "configuration.yaml")
                for key in yaml.keys {
                    let places = yaml.places(ofValue: key)
                    demand(places.value.line > 0 && places.value.column > 0, "\(key) stands nowhere")
                    _ = try? yaml.texts(key)
                    _ = try? yaml.flag(key)
                    _ = try? yaml.mappings(key)
                }
                guard var profile = try ProfileReader.shipped("exchange55") else { return }
                try ProfileReader.lay(yaml, over: &profile)
            }
        } catch { demand(!error.text.isEmpty, "nothing is said") }
    }
}
