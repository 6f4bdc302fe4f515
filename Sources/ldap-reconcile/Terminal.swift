internal import Glibc
internal import Synchronization
internal import Workflow

/// stdout, stderr and the terminal behind them.
enum Terminal {
    /// The process's own console.
    static func console() -> Console {
        var console = Console(data: { write($0, to: STDOUT_FILENO) }, talk: { talk($0) })
        if isatty(STDERR_FILENO) == 1 { console.progress = { showProgress($0) } }
        console.hasColours = hasColours
        console.width = width
        console.askPassword = { askPassword($0) }
        return console
    }

    /// Colours on a terminal that has them, unless NO_COLOR is set (no-color.org).
    private static var hasColours: Bool {
        guard isatty(STDOUT_FILENO) == 1, getenv("NO_COLOR") == nil, let kind = getenv("TERM") else { return false }
        return String(cString: kind) != "dumb"
    }

    /// How many columns the terminal on stdout has; `nil` where there is none, or it does not say.
    private static var width: Int? {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
        return Int(size.ws_col)
    }

    /// Puts the text in place of the last one.
    private static func showProgress(_ text: String) { write("\r\u{1B}[K\(text)", to: STDERR_FILENO) }

    /// A line for stderr. What it quotes may come from a hostile file or server, so control characters are neutralised.
    static func talk(_ text: String) { write(SafeText.printable(text) + "\n", to: STDERR_FILENO) }

    /// The same where nobody may be reading: a line that does not fit at once is left out.
    static func talkWithoutWaiting(_ text: String) {
        var errors = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
        guard poll(&errors, 1, 0) == 1, errors.revents & Int16(POLLOUT) != 0 else { return }
        if isatty(STDERR_FILENO) == 1 { showProgress("") }
        talk(text)
    }

    /// Writes all of it. A closed pipe is no failure: the reader has seen what it wanted (`… | head`), and the run goes on to its own end and
    /// status, which must not depend on how much of the output fitted into the pipe.
    private static func write(_ text: String, to descriptor: Int32) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            if count < 0 {
                if descriptor == STDOUT_FILENO, errno != EPIPE {
                    talk("\(Program.name): Writing to stdout failed: \(String(cString: strerror(errno))).")
                    Surroundings.exit(.inputOutput)
                }
                return
            }
            bytes = bytes.dropFirst(count)
        }
    }

    /// The terminal that shows nothing of what is typed, and how it was before; `nil` while there is none.
    private static let silenced = Mutex<(terminal: Int32, before: termios)?>(nil)

    /// Lets the terminal show again what is typed, where a password was being asked for.
    static func showTyping() {
        silenced.withLock { silenced in
            guard var before = silenced?.before, let terminal = silenced?.terminal else { return }
            tcsetattr(terminal, TCSANOW, &before)
        }
    }

    /// Asks on the controlling terminal with the echo off; `nil` when there is none or the answer was cut off.
    private static func askPassword(_ prompt: String) -> [UInt8]? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        silenced.withLock { [before] in $0 = (terminal, before) }
        defer { silenced.withLock { $0 = nil } }
        guard tcsetattr(terminal, TCSAFLUSH, &silent) == 0 else { return nil }
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            write("\n", to: terminal)
        }
        write(SafeText.printable(prompt), to: terminal)
        return line(from: terminal)
    }

    private static func line(from terminal: Int32) -> [UInt8]? {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while Signals.received == nil, bytes.count < 4096 {
            let count = read(terminal, &byte, 1)
            if count < 0 && errno == EINTR { continue }
            guard count == 1 else { return nil }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { return bytes }
            bytes.append(byte)
        }
        return nil
    }
}
