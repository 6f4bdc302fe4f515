/// What `apply` writes beside the corrected file, or in its place.
struct OutputChoice {
    /// The corrected file has only the rows whose mailbox is certain.
    var certainOnly: Bool
    /// A file for each container in place of the whole one.
    var splitsByContainer: Bool
    /// Where the rows go that are left; `nil` for nowhere.
    var rejects: String?
    /// Where the wizard's control file goes; `nil` for nowhere.
    var controlFile: String?
    /// Where the directory-import file of missing addresses goes; `nil` for nowhere.
    var addressImport: String?

    /// What is asked for that the Migration Wizard alone has a use for; `nil` for nothing.
    var wizardOnly: SettingKey? { controlFile != nil ? .controlFile : addressImport != nil ? .addressImport : nil }

    /// From the settings.
    init(_ values: SettingValues) throws(Failure) {
        certainOnly = try values.flag(.onlyCertain)
        splitsByContainer = try values.flag(.splitByContainer)
        func path(_ key: SettingKey) throws(Failure) -> String? {
            guard let text = values.text(key) else { return nil }
            if text.isEmpty { throw values.problem(key, "is empty; give the name of the file to write") }
            return text
        }
        rejects = try path(.rejects)
        controlFile = try path(.controlFile)
        addressImport = try path(.addressImport)
    }
}
