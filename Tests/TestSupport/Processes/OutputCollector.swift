import Foundation

/// Reads both of a child's output streams to their ends, in a thread of its own.
final class OutputCollector: Sendable {
    private struct State {
        var bytes: [ProgramRun.Stream: [UInt8]] = [.standardOutput: [], .standardError: []]
        var isFinished = false
    }

    private let state = Monitor(State())

    /// Takes the two descriptors over and closes them at their ends.
    init(output: Int32, errors: Int32) {
        let state = state
        Thread.detachNewThread {
            var open: [(file: Int32, stream: ProgramRun.Stream)] = [(output, .standardOutput), (errors, .standardError)]
            while !open.isEmpty {
                var files = open.map { pollfd(fd: $0.file, events: Int16(POLLIN), revents: 0) }
                if poll(&files, nfds_t(files.count), -1) < 0 { continue }
                for (index, entry) in open.enumerated().reversed() where files[index].revents != 0 {
                    // A pseudo-terminal whose other end has gone gives an error, not an end.
                    guard let bytes = IO.read(entry.file), !bytes.isEmpty else {
                        close(entry.file)
                        open.remove(at: index)
                        continue
                    }
                    state.withLock { $0.bytes[entry.stream, default: []] += bytes }
                }
            }
            state.withLock { $0.isFinished = true }
        }
    }

    /// Whether `text` came within `limit`.
    func wait(for text: String, on stream: ProgramRun.Stream, within limit: Duration) -> Bool {
        let wanted = Array(text.utf8)
        return state.wait(for: limit) { state -> Bool? in
            if (state.bytes[stream] ?? []).contains(wanted) { return true }
            return state.isFinished ? false : nil
        } ?? false
    }

    /// What has come so far.
    func text(_ stream: ProgramRun.Stream) -> String {
        state.withLock { String(decoding: $0.bytes[stream] ?? [], as: UTF8.self) }
    }

    /// Everything, once both streams have ended. A grandchild that keeps one open makes this throw.
    func finish(within limit: Duration) throws -> (output: [UInt8], errors: [UInt8]) {
        let all = state.wait(for: limit) { $0.isFinished ? $0.bytes : nil }
        guard let all else { throw TestSupportError("the program has ended, but something still holds its standard output or error open") }
        return (all[.standardOutput] ?? [], all[.standardError] ?? [])
    }
}
