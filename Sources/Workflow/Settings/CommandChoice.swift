/// What concerns one command only: what it is to show or to write, and where.
struct CommandChoice {
    /// How `raw` writes an entry.
    enum RawForm {
        case text, json, ldif
    }

    /// `plan` answers by exit status alone and writes nothing.
    var checksOnly: Bool
    /// `plan` shows every change and every waiting row.
    var showsAll: Bool
    /// The exported application log of an earlier import, for `plan`; `nil` for none.
    var events: String?
    /// The plan's path; `nil` puts `.plan.jsonl` after the file's name.
    var plan: String?
    /// The corrected file's path; `nil` puts `.corrected` before the source's suffix.
    var corrected: String?
    /// `apply` replaces a file that stands there already; it is kept under another name.
    var replaces: Bool
    /// What is written or shown, line by line, of what changes.
    var showsDifference: Bool
    /// What `apply` writes beside the corrected file, or in its place.
    var outputs: OutputChoice
    /// `raw` shows attributes, too, that the server keeps for itself.
    var showsOperational: Bool
    /// How `raw` writes an entry.
    var rawForm: RawForm

    /// From the settings.
    init(_ values: SettingValues) throws(Failure) {
        checksOnly = try values.flag(.check)
        showsAll = try values.flag(.all)
        events = values.text(.events)
        if let path = values.text(.output), path.isEmpty { throw values.problem(.output, "is empty; give the name of the file to write") }
        corrected = values.text(.output)
        // Elsewhere than on the command line, output is what apply writes: a plan of that name would stand where apply wants to write.
        plan = values.layers.first?.entries[.output]?.texts.first
        replaces = try values.flag(.replace)
        showsDifference = try values.flag(.diff)
        outputs = try OutputChoice(values)
        showsOperational = try values.flag(.operational)
        rawForm = try Self.rawForm(values)
    }

    /// Of LDIF and JSON the one that was said by the stronger layer.
    private static func rawForm(_ values: SettingValues) throws(Failure) -> RawForm {
        let (ldif, json) = (try values.flag(.ldif), try values.flag(.json))
        guard ldif, json else { return ldif ? .ldif : json ? .json : .text }
        guard let isLDIF = values.outweighs(.ldif, .json) else { throw values.problem(.ldif, "contradicts --json: give one of them") }
        return isLDIF ? .ldif : .json
    }
}
