import TestSupport
import Testing

/// A folder with the sample's user list and a password file, in which the program is run as a person would run it.
struct Workplace {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
        try folder.write(try SampleCase.demo.bytes("users.csv"), to: "users.csv")
        try folder.write(Exchange55View.password + "\n", to: "password")
        guard try ProgramRun.run(["600", folder["password"]], executable: "/bin/chmod").status == 0 else {
            throw TestSupportError("chmod failed")
        }
    }

    /// How to reach the sample organisation.
    static func connection(
        _ uri: String, base: String = SampleServer.base, name: String = Exchange55View.adminName, password: String = "password"
    ) -> [String] {
        ["--directory", uri, "--base", base, "--bind-name", name, "--password-file", password]
    }

    /// Runs the program to its end in the folder.
    func run(_ arguments: String..., within limit: Duration = .seconds(60)) throws -> ProgramRun.Result {
        try run(arguments, within: limit)
    }

    func run(_ arguments: [String], within limit: Duration = .seconds(60)) throws -> ProgramRun.Result {
        try ProgramRun.run(arguments, directory: folder.path, within: limit)
    }

    /// Starts the program in the folder.
    func start(_ arguments: [String], input: ProgramRun.Input = .none) throws -> ProgramRun {
        try ProgramRun(arguments, input: input, directory: folder.path)
    }

    /// Makes the plan of the sample on the shared server.
    func plan() throws {
        let run = try run(["plan", "users.csv"] + Self.connection(SampleServer.shared().uri) + SampleServer.planOptions)
        try #require(run.status == 3, "\(run.errors)")
    }

    /// What is in the folder beside what `init` put there.
    func newFiles() throws -> [String] {
        try folder.list().filter { !["users.csv", "password"].contains($0) }
    }
}

/// Holds a run that must fail to the contract of messages: one status, everything on standard error, nothing on standard
/// output (`showsServer`: but for what `check` shows of a server that took the login), every one of `phrases` said (case aside), and no password anywhere.
func expectRefusal(
    _ run: ProgramRun.Result, status: Int32, saying phrases: [String], secrets: [String] = [Exchange55View.password],
    showsServer: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let errors = run.errors
    #expect(run.status == status, "\(errors)", sourceLocation: sourceLocation)
    #expect(run.output == "" || showsServer, sourceLocation: sourceLocation)
    for phrase in phrases {
        #expect(errors.lowercased().contains(phrase.lowercased()), "no “\(phrase)” in: \(errors)", sourceLocation: sourceLocation)
    }
    for secret in secrets {
        #expect(!(errors + run.output).contains(secret), "the password is in: \(errors)", sourceLocation: sourceLocation)
    }
    // A crash report or a debugging description is not a message.
    for sign in ["Fatal error", "Optional(", "stack dump"] {
        #expect(!errors.contains(sign), "\(errors)", sourceLocation: sourceLocation)
    }
}
