import Glibc

/// What is still to be undone when the test process ends: servers and folders that tests keep in static constants are
/// never deinitialised.
enum AtExit {
    /// Names one entry.
    struct Token: Hashable, Sendable { fileprivate let number: Int }

    private struct State {
        var next = 0
        var actions: [Token: @Sendable () -> Void] = [:]
    }

    private static let state: Monitor<State> = {
        atexit { AtExit.runAll() }
        return Monitor(State())
    }()

    /// Has `action` run at the end of the process, unless `cancel` comes first.
    static func register(_ action: @escaping @Sendable () -> Void) -> Token {
        state.withLock { state in
            let token = Token(number: state.next)
            state.next += 1
            state.actions[token] = action
            return token
        }
    }

    /// Forgets an action.
    static func cancel(_ token: Token) {
        state.withLock { _ = $0.actions.removeValue(forKey: token) }
    }

    /// Last registered, first run: a server goes before the folder that it lives in.
    private static func runAll() {
        let actions = state.withLock { state in
            defer { state.actions = [:] }
            return state.actions.sorted { $0.key.number > $1.key.number }.map(\.value)
        }
        for action in actions { action() }
    }
}
