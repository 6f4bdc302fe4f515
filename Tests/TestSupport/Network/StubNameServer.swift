import Foundation

/// A name server on 127.0.0.1 that knows some service records (RFC 2782), and no other names.
public final class StubNameServer: Sendable {
    /// A service record.
    public struct Service: Sendable {
        var priority, weight, port: UInt16
        var target: String

        /// A record from its parts.
        public init(priority: Int = 0, weight: Int = 0, port: Int, target: String) {
            self.priority = UInt16(priority)
            self.weight = UInt16(weight)
            self.port = UInt16(port)
            self.target = target
        }
    }

    /// Where it listens, as `--name-server` takes it.
    public let address: String
    private let file: Int32
    private let isStopping = Monitor(false)

    /// Starts it. `services`: by name; a name without records exists and has none. `isSilent`: it reads and never answers.
    public init(_ services: [String: [Service]], isSilent: Bool = false) throws {
        let (file, port) = try Loopback.datagrams()
        self.file = file
        address = "127.0.0.1:\(port)"
        let isStopping = isStopping
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                var peer = sockaddr_storage()
                var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
                let count = withUnsafeMutablePointer(to: &peer) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { recvfrom(file, &buffer, buffer.count, 0, $0, &size) }
                }
                if isStopping.withLock({ $0 }) { break }
                guard count > 12, !isSilent, let answer = Self.answer(Array(buffer[..<count]), services) else { continue }
                withUnsafePointer(to: &peer) { pointer in
                    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { _ = sendto(file, answer, answer.count, 0, $0, size) }
                }
            }
            close(file)
        }
    }

    deinit {
        isStopping.withLock { $0 = true }
        shutdown(file, Int32(SHUT_RDWR))
        // An unconnected datagram socket is woken by a datagram only.
        if let port = Int(address.split(separator: ":")[1]) { Loopback.sendDatagram(to: port) }
    }

    /// RFC 1035, section 4: the question comes back, and with it the records.
    private static func answer(_ query: [UInt8], _ services: [String: [Service]]) -> [UInt8]? {
        var position = 12
        var labels: [String] = []
        while position < query.count, query[position] != 0 {
            let end = position + 1 + Int(query[position])
            guard end < query.count else { return nil }
            labels.append(String(decoding: query[position + 1..<end], as: UTF8.self))
            position = end
        }
        guard position + 5 <= query.count else { return nil }
        let question = query[12..<position + 5]
        let records = services[labels.joined(separator: ".").lowercased()]
        let flags: [UInt8] = [0x81, records == nil ? 0x83 : 0x80]  // NXDOMAIN, or no error
        var answer = query[..<2] + flags + [0, 1, 0, UInt8(records?.count ?? 0), 0, 0, 0, 0] + question
        for record in records ?? [] {
            var data: [UInt8] = []
            for number in [record.priority, record.weight, record.port] { data += [UInt8(number >> 8), UInt8(number & 0xff)] }
            for label in record.target.split(separator: ".") { data += [UInt8(label.utf8.count)] + Array(label.utf8) }
            data.append(0)
            // The question's name, type SRV, class IN, a minute to live.
            answer += [0xc0, 12, 0, 33, 0, 1, 0, 0, 0, 60, UInt8(data.count >> 8), UInt8(data.count & 0xff)] + data
        }
        return Array(answer)
    }
}
