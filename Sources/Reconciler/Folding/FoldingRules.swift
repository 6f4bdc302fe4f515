/// What of the settings matters when recipients are folded, before there are rows.
struct FoldingRules: Sendable {
    /// Whether a unique key is configured.
    let usesKey: Bool
    let givenNames: GivenNames
    let exclusions: Exclusions

    init(_ settings: ReconcilerSettings) {
        usesKey = settings.usesUniqueKey
        givenNames = settings.site.nicknames.isEmpty ? .usual : GivenNames(GivenNames.table, and: settings.site.nicknames)
        exclusions = Exclusions(settings.site.excluded)
    }
}
