internal import ArgumentParser
internal import Workflow

/// A command line that begins with no command: says which one was probably meant. Without a word, the help.
struct UnknownCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "-", shouldDisplay: false)

    @Argument(parsing: .captureForPassthrough, help: .private)
    var words: [String] = []

    func run() throws {
        guard let word = words.first, word != "--help", word != "-h" else { throw CleanExit.helpRequest(LDAPReconcile.self) }
        let names = "Commands: \(Command.allCases.map(\.rawValue).joined(separator: ", "))."
        guard !word.hasPrefix("-") else {
            throw ValidationError("'\(word)' stands where a command is expected; options come behind it. \(names)")
        }
        let hint = Command.nearest(to: word).map { "; did you mean '\($0.rawValue)'?" } ?? ". \(names)"
        throw ValidationError("There is no command '\(word)'\(hint)")
    }
}
