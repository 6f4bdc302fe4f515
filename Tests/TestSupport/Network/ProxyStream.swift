import Glibc

/// One direction of a connection through a `FaultProxy`: from one socket to the other, with what goes wrong on the way.
struct ProxyStream {
    /// What has to happen to the whole connection.
    enum Verdict { case goOn, cut, reset }

    /// The connection's number, from 1.
    let number: Int
    let source: Int32
    let target: Int32
    /// Bytes that went out.
    private(set) var delivered = 0
    /// How many faults have happened.
    private(set) var happened = 0
    /// When a delay ends.
    private(set) var heldUpUntil: ContinuousClock.Instant?
    /// Nothing more will come or go.
    private(set) var isFinished = false

    private var faults: [Fault]
    private var tracker = MessageTracker()
    /// Has come, and is still before the faults.
    private var waiting: [UInt8] = []
    /// Has passed the faults, and is still to be sent.
    private var outgoing: [UInt8] = []
    /// Bytes taken out of `waiting` so far.
    private var position = 0
    private var sourceHasEnded = false
    private var isStalled = false
    private var ending: Verdict = .goOn
    private var endsTarget = false
    private var lost = 0
    private var mask: UInt8 = 0
    private var copied: (left: Int, bytes: [UInt8]) = (0, [])

    /// Where the LDAP messages begin that have come from the source; the last one may not have come yet.
    var messages: [Int] { tracker.starts }

    init(_ number: Int, from source: Int32, to target: Int32, faults: [Fault]) {
        self.number = number
        self.source = source
        self.target = target
        self.faults = faults
    }

    /// Whether the source's bytes are wanted.
    var wantsToRead: Bool {
        !sourceHasEnded && !isStalled && !isFinished && heldUpUntil == nil && waiting.count + outgoing.count < 1 << 18
    }
    /// Whether there are bytes for the target.
    var wantsToWrite: Bool { !outgoing.isEmpty && !isFinished }

    /// Takes what has come from the source.
    mutating func read() {
        guard let bytes = IO.read(source), !bytes.isEmpty else {
            sourceHasEnded = true
            return
        }
        tracker.scan(bytes)
        waiting += bytes
    }

    /// Moves bytes on as far as faults and sockets allow.
    mutating func move(now: ContinuousClock.Instant) -> Verdict {
        if let until = heldUpUntil, until <= now { heldUpUntil = nil }
        while heldUpUntil == nil, !isStalled, !endsTarget, ending == .goOn {
            if let index = dueFault() {
                apply(faults.remove(at: index).action, now: now)
            } else if waiting.isEmpty {
                break
            } else {
                pass(min(waiting.count, bytesToNextFault()))
            }
        }
        return flush()
    }

    private func offset(of place: Fault.Place) -> Int? {
        switch place {
        case .byte(let count): count
        case .message(let number, let offset): number <= tracker.starts.count ? tracker.starts[number - 1] + offset : nil
        }
    }

    private func dueFault() -> Int? {
        faults.firstIndex { offset(of: $0.place).map { $0 <= position } ?? false }
    }

    private func bytesToNextFault() -> Int {
        faults.compactMap { offset(of: $0.place) }.map { $0 - position }.min() ?? Int.max
    }

    private mutating func apply(_ action: Fault.Action, now: ContinuousClock.Instant) {
        happened += 1
        switch action {
        case .cut: ending = .cut
        case .reset: ending = .reset
        case .fin: endsTarget = true
        case .stall: isStalled = true
        case .delay(let time): heldUpUntil = now + time
        case .drop(let count): lost += count
        case .duplicate(let count): copied = (count, [])
        case .xor(let mask): self.mask = mask
        }
    }

    private mutating func pass(_ count: Int) {
        var bytes = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        position += count
        let gone = min(lost, bytes.count)
        bytes.removeFirst(gone)
        lost -= gone
        if mask != 0, !bytes.isEmpty {
            bytes[0] ^= mask
            mask = 0
        }
        if copied.left > 0 {
            let part = bytes.prefix(copied.left)
            copied.left -= part.count
            copied.bytes += part
            if copied.left == 0 { bytes.insert(contentsOf: copied.bytes, at: part.count) }
        }
        outgoing += bytes
    }

    private mutating func flush() -> Verdict {
        while !outgoing.isEmpty, !isFinished {
            let count = outgoing.withUnsafeBytes { send(target, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count > 0 {
                outgoing.removeFirst(count)
                delivered += count
            } else if errno == EAGAIN {
                return .goOn
            } else if errno != EINTR {
                // The target has gone; nothing of this stream can matter any more.
                isFinished = true
                return .cut
            }
        }
        if ending != .goOn { return ending }
        if endsTarget || (sourceHasEnded && waiting.isEmpty), !isFinished {
            shutdown(target, Int32(SHUT_WR))
            isFinished = true
        }
        return .goOn
    }
}
