/// A column that this program reads, under the names that either vocabulary gives it.
///
/// Exchange has two names for one attribute, the schema's and the administrator program's, and files use both
/// (SDK-appendxa_0q7n, _2bub; KB Q146304). They compare without case.
enum Column: String, CaseIterable {
    case userName = "SFS_UserName"
    case fullName = "SFS_FullName"
    case migrateUser = "MigrateUser"
    case objectClass = "Obj-Class"
    case mode = "Mode"
    case commonName = "Common-Name"
    case displayName = "Display-Name"
    case givenName = "Given-Name"
    case surname = "Surname"
    case account = "Assoc-NT-Account"
    case secondaryAddresses = "Secondary-Proxy-Addresses"
    case addresses = "E-mail Addresses"

    /// The columns that must come first, in this order (MIG55-xmg04024).
    static let leading: [Column] = [.userName, .fullName, .migrateUser, .objectClass, .mode]

    /// The administrator program's name, where it is another.
    var administratorName: String? {
        switch self {
        case .commonName: "Directory Name"
        case .displayName: "Display Name"
        case .givenName: "First Name"
        case .surname: "Last name"
        case .account: "Primary Windows NT Account"
        case .userName, .fullName, .migrateUser, .objectClass, .mode, .secondaryAddresses, .addresses: nil
        }
    }

    /// The column of that name in either vocabulary.
    init?(named name: String) {
        guard let column = Self.byName[name.lowercased()] else { return nil }
        self = column
    }

    private static let byName: [String: Column] = {
        var byName: [String: Column] = [:]
        for column in allCases {
            byName[column.rawValue.lowercased()] = column
            if let name = column.administratorName { byName[name.lowercased()] = column }
        }
        return byName
    }()
}
