internal import Reconciler
internal import Records

/// What was told of the site.
struct SiteChoice {
    /// The file of given names that are used for each other; `nil` for none.
    var nicknames: String?
    /// DNs of entries that are nobody's, each with everything below it.
    var excluded: [String]
    /// Where the people of postoffices live.
    var homes: [ToldHome]

    init(_ values: SettingValues) throws(Failure) {
        nicknames = values.text(.nicknames)
        excluded = []
        for (item, text) in values.texts(.exclude).enumerated() {
            guard DistinguishedName(text).isWellFormed else {
                throw values.problem(.exclude, "is '\(text)'; expected a DN, such as cn=Test,cn=Recipients,ou=SITE,o=ORG", item: item)
            }
            excluded.append(text)
        }
        homes = []
        for (item, text) in values.texts(.home).enumerated() {
            let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
            guard parts.count == 2, let postoffice = Postoffice(parts[0]), DistinguishedName(parts[1]).isWellFormed else {
                throw values.problem(
                    .home, "is '\(text)'; expected NETWORK/POSTOFFICE=DN, such as CONTOSO/PO1=cn=Recipients,ou=SITE,o=ORG", item: item)
            }
            try values.checkLength(postoffice, .home, item: item)
            homes.append(ToldHome(postoffice: postoffice, container: parts[1]))
        }
    }
}

extension ReconcilerSettings {
    /// What is known before files and directory are read. Reads the file of nicknames.
    init(_ settings: Settings) throws(Failure) {
        self.init(
            container: settings.container, homeServer: settings.homeServer, usesUniqueKey: settings.keyColumn != nil,
            maxError: settings.maxError ?? Self.defaultMaxError,
            site: SiteKnowledge(
                nicknames: try settings.site.nicknames.map { path throws(Failure) in try NicknameFile.lines(at: path) } ?? [],
                excluded: settings.site.excluded, homes: settings.site.homes))
    }
}
