import CSV
import MigrationFile

/// A user list from its lines, for tests.
enum UserList {
    static let header =
        "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name,Display-Name,Given-Name,Surname,Secondary-Proxy-Addresses"

    /// The header and the rows, each line ended by CRLF.
    static func text(_ rows: String..., header: String = header) -> String {
        ([header] + rows).map { $0 + "\r\n" }.joined()
    }

    /// Reads text as the bytes of a file called `users.csv`.
    static func read(
        _ text: String, name: String = "users.csv", encoding: String = "UTF-8", options: ReadOptions = ReadOptions()
    ) throws -> MigrationFile {
        try MigrationFile.read(bytes: CodePage(named: encoding).encode(text), name: name, options: options)
    }
}
