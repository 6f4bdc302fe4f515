internal import ArgumentParser
internal import Workflow

extension LDAPReconcile {
    /// The program's beginning: as ArgumentParser does it, but that messages about the command line, which quote what was typed, or pasted, or
    /// made by another program, are made safe to show.
    static func main() {
        do {
            var command = try parseAsRoot()
            try RepeatedOption.refuse(in: Array(CommandLine.arguments.dropFirst()))
            try command.run()
        } catch {
            guard !exitCode(for: error).isSuccess else { exit(withError: error) }
            for line in fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: false) { Terminal.talk(String(line)) }
            exit(withError: exitCode(for: error))
        }
    }
}
