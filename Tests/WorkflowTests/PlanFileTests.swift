import TestSupport
import Testing

@testable import Workflow

@Suite("A plan as it is loaded")
struct PlanFileTests {
    private func context(isCancelled: @escaping @Sendable () -> Bool = { false }) -> RunContext {
        RunContext(
            flags: SettingLayer(), environment: [:], configuration: nil, console: Console(data: { _ in }, talk: { _ in }),
            isCancelled: isCancelled, now: { "2026-11-22T20:00:00Z" })
    }

    @Test("Ctrl-C meanwhile is an interruption of that, and nothing is said of a connection", arguments: [true, false])
    func interrupted(_ isApply: Bool) throws {
        let folder = try TemporaryFolder()
        let list = "SFS_UserName,SFS_FullName,MigrateUser,Obj-Class,Mode,Common-Name\r\nA,Ann,Y,Mailbox,Create,A\r\n"
        let entry = "dn: cn=a,o=O\nobjectClass: inetOrgPerson\ncn: a\nsn: a\nuid: a\n"
        let path = try folder.write(list, to: "users.csv")
        var told = context()
        told.flags.set(.directory, ["ldif:\(try folder.write(entry, to: "x.ldif"))"], origin: "--directory")
        _ = try PlanCommand(files: [path]).run(told)
        let stopped = context { true }
        let error = #expect(throws: Failure.self) {
            _ =
                try isApply
                ? ApplyCommand(plan: path + ".plan.jsonl").run(stopped) : ExplainCommand(plan: path + ".plan.jsonl", row: "A").run(stopped)
        }
        #expect(error == Failure(.interrupted, "Interrupted while the plan was read; nothing was written."))
    }
}
