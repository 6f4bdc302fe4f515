internal import ArgumentParser
internal import Workflow

extension ParsableCommand {
    /// Runs a step of the workflow and ends the process with its status; a failure's message goes to stderr.
    func end(_ output: OutputOptions, _ layer: SettingLayer, _ body: (RunContext) throws(Failure) -> ExitStatus) -> Never {
        Signals.install()
        Surroundings.giveBackMemory()
        let context = RunContext(
            flags: layer, environment: Surroundings.environment, configuration: output.config, console: Terminal.console(),
            isCancelled: { Signals.received != nil }, now: { Surroundings.now })
        let status: ExitStatus
        do throws(Failure) {
            status = try body(context)
        } catch {
            Terminal.talk("\(Program.name): \(error.message)")
            status = error.status == .interrupted && Signals.received == .terminate ? .terminated : error.status
        }
        Surroundings.exit(status)
    }
}
