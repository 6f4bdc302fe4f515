/// The settings of commands that reach no directory: how to show things.
struct OutputSettings {
    var json: Bool
    var quiet: Bool

    init(_ context: RunContext) throws(Failure) {
        let file = try ConfigurationFile(context)
        let values = try SettingValues(context, file)
        json = try values.flag(.json)
        quiet = try values.flag(.quiet)
    }
}
