import Foundation
import LDAPClient
import TestSupport
import Testing

extension TimeLimits {
    /// Short enough that a test of a server that hangs is soon over.
    static let short = TimeLimits(connect: .seconds(1), response: .seconds(1), total: .seconds(10))
    /// Long enough for a server that answers, on a machine that has much to do.
    static let patient = TimeLimits(connect: .seconds(8), response: .seconds(8), total: .seconds(30))
}

/// Opens a connection.
func connect(
    _ uri: String, startTLS: Bool = false, check: CertificateCheck = .required, caFile: String? = nil, tls: TLSSettings? = nil,
    limits: TimeLimits = .patient,
    maxMessageSize: Int = 64 << 20, isCancelled: @escaping @Sendable () -> Bool = { false }
) throws(LDAPError) -> LDAPConnection {
    try LDAPConnection.open(
        ConnectionSettings(
            address: ServerAddress(uri), startTLS: startTLS, tls: tls ?? TLSSettings(certificateCheck: check, caFile: caFile),
            limits: limits,
            maxMessageSize: maxMessageSize, isCancelled: isCancelled))
}

extension Secret {
    convenience init(_ text: String) { self.init(text.utf8) }
}

extension LDAPConnection {
    /// The DNs that a search gives, in the server's order.
    func names(_ request: SearchRequest) throws(LDAPError) -> [String] {
        var names: [String] = []
        let summary = try search(request) { (entry) throws(LDAPError) in names.append(try entry.forEachValue { _, _ in }) }
        // The summary counts what was lent.
        precondition(summary.entries == names.count)
        return names
    }

    /// All entries below the base with their values as text.
    func entries(_ request: SearchRequest) throws(LDAPError) -> [String: [String]] {
        var entries: [String: [String]] = [:]
        _ = try search(request) { (entry) throws(LDAPError) in
            var values: [String] = []
            let name = try entry.forEachValue { values.append("\($0.text): \($1.text)") }
            entries[name] = values
        }
        return entries
    }
}

extension Span<UInt8> {
    /// A copy as text.
    var text: String { withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) } }
    /// A copy.
    var octets: [UInt8] { withUnsafeBufferPointer { [UInt8]($0) } }
}

/// How something ended that may fail, and what it cost.
struct Outcome: Sendable {
    /// The error; `nil` for success.
    var error: LDAPError?
    /// How long it took.
    var time: Duration
    /// Processor time of the thread that waited.
    var processorTime: Duration

    /// Runs `body` and keeps its error.
    init(of body: () throws(LDAPError) -> Void) {
        let start = ContinuousClock.now
        let before = Self.processorTime()
        do throws(LDAPError) { try body() } catch { self.error = error }
        time = .now - start
        processorTime = Self.processorTime() - before
    }

    private static func processorTime() -> Duration {
        var now = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now)
        return .seconds(now.tv_sec) + .nanoseconds(now.tv_nsec)
    }
}

/// Runs `body` for every case at the same time, each on a thread of its own: what waits for a time limit need not wait in line.
func atOnce<Case: Sendable, Result: Sendable>(_ cases: [Case], _ body: @escaping @Sendable (Case) -> Result) async -> [(Case, Result)] {
    await withTaskGroup(of: (Int, Result).self) { group in
        for (index, item) in cases.enumerated() {
            group.addTask {
                await withCheckedContinuation { done in
                    Thread.detachNewThread { done.resume(returning: (index, body(item))) }
                }
            }
        }
        var results: [Int: Result] = [:]
        for await (index, result) in group { results[index] = result }
        return cases.enumerated().compactMap { index, item in results[index].map { (item, $0) } }
    }
}

/// An error with this code, said with these words; gives it back.
@discardableResult
func expectError(
    _ code: LDAPError.Code, saying phrases: String..., sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () throws(LDAPError) -> Void
) throws -> LDAPError {
    let error = try #require(Outcome(of: body).error, "no error", sourceLocation: sourceLocation)
    #expect(error.code == code, "\(error)", sourceLocation: sourceLocation)
    for phrase in phrases { #expect("\(error)".contains(phrase), "no “\(phrase)” in: \(error)", sourceLocation: sourceLocation) }
    return error
}

/// Some people below `o=Test`, one entry each of about 200 bytes.
func people(_ count: Int) -> String {
    let head = "dn: o=Test\nobjectClass: organization\no: Test\n\n"
    return head
        + (0..<count).map { $0 + 1 }.map { number in
            """
            dn: cn=p\(number),o=Test
            objectClass: inetOrgPerson
            cn: p\(number)
            sn: Person
            description: \(String(repeating: "x", count: 120))
            userPassword: pass-p\(number)


            """
        }.joined()
}
