import Glibc

/// An address of this machine alone, 127.0.0.N, for a server whose ports cannot be chosen. It is this object's as long as the object lives,
/// and free again when the process ends, however that ends.
final class LoopbackAddress: Sendable {
    /// The last numbers that are given out.
    static let numbers = 11...90

    /// `127.0.0.N`.
    let text: String
    /// A datagram socket on port 389: what keeps other test processes off. The servers meant here listen for connections only.
    private let claim: Int32

    /// Takes an address on which nobody listens on any of `ports`.
    init(freePorts ports: [Int]) throws {
        var refusals: Set<Int32> = []
        for number in Self.numbers {
            let text = "127.0.0.\(number)"
            switch Loopback.bound(to: text, port: 389, isStream: false) {
            case .failure(let refusal): refusals.insert(refusal.code)
            case .success(let claim):
                let taken = ports.lazy.compactMap { Self.refusal(text, $0) }.first
                guard let taken else {
                    (self.text, self.claim) = (text, claim)
                    return
                }
                close(claim)
                refusals.insert(taken)
            }
        }
        throw TestSupportError(Self.advice(refusals))
    }

    deinit { close(claim) }

    /// Why nobody could listen there now.
    private static func refusal(_ address: String, _ port: Int) -> Int32? {
        switch Loopback.bound(to: address, port: port, isStream: true) {
        case .failure(let refusal): return refusal.code
        case .success(let file):
            close(file)
            return nil
        }
    }

    private static func advice(_ refusals: Set<Int32>) -> String {
        let wanted = "ports below 1024 on 127.0.0.\(numbers.lowerBound) to 127.0.0.\(numbers.upperBound)"
        if refusals.contains(EACCES) || refusals.contains(EPERM) {
            return
                "This test runs a server that must have \(wanted), and this account may not bind them. Run the tests as root, with the capability CAP_NET_BIND_SERVICE, or after `sysctl net.ipv4.ip_unprivileged_port_start=88`."
        }
        return
            "No address is left for a server that needs \(wanted): \(refusals.sorted().map { String(cString: strerror($0)) }.joined(separator: ", ")). Does another directory server listen on all addresses?"
    }
}
