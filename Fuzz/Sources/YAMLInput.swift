import DirectorySource
import StrictYAML

/// A profile of one's own, or a configuration file: every key asked for in every way, and laid over a profile.
struct YAMLInput {
    let choice: UInt8
    let bytes: [UInt8]

    func run() {
        guard let text = String(validating: bytes, as: UTF8.self) else { return }
        do {
            if choice & 1 == 0 {
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
