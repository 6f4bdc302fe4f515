import Foundation
import TestSupport

/// A folder of `Cases`: a directory, a user list in it, and what is to become of it.
struct SampleCase {
    /// The sample organisation that `scripts/demo` shows, too.
    static let demo = SampleCase(name: "demo")

    let name: String

    /// The path of one of its files.
    func path(_ file: String) -> String {
        ((#filePath as NSString).deletingLastPathComponent as NSString).appendingPathComponent("Cases/\(name)/\(file)")
    }

    /// The bytes of one of its files.
    func bytes(_ file: String) throws -> [UInt8] {
        try [UInt8](Data(contentsOf: URL(fileURLWithPath: path(file))))
    }
}

/// The sample organisation on a server: one for all tests that only read, and one of their own for the others.
enum SampleServer {
    /// The DN at the top.
    static let base = "o=Fairholm Instruments"
    /// The container that the sample's rows are imported into.
    static let container = "cn=Recipients,ou=BRISTOL,\(base)"
    /// What `plan` is told of the sample beside its directory.
    static let planOptions = ["--container", container, "--postoffice", "preamble"]
    private static let made = Result { try start() }

    /// The one that is shared. Nobody stops or changes it.
    static func shared() throws -> PrivateSlapd { try made.get() }

    /// A server; `change` may add to its settings before it starts.
    static func start(_ change: (inout SlapdConfiguration) -> Void = { _ in }) throws -> PrivateSlapd {
        var configuration = Exchange55View.configuration(suffix: base, content: [.file(SampleCase.demo.path("directory.ldif"))])
        change(&configuration)
        return try PrivateSlapd(configuration)
    }
}
