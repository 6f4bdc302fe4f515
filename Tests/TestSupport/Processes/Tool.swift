/// Programs of the system that set a test up.
enum Tool {
    /// Runs a program to its end and gives its output; throws with its messages when it fails.
    @discardableResult
    static func run(
        _ path: String, _ arguments: [String], environment: [String: String] = [:], input: String = "",
        within limit: Duration = .seconds(120)
    ) throws -> String {
        let result = try ProgramRun.run(arguments, executable: path, environment: environment, input: .text(input), within: limit)
        guard result.status == 0 else {
            throw TestSupportError("\(path) \(arguments.joined(separator: " ")) ended with status \(result.status): \(result.errors)")
        }
        return result.output
    }
}
