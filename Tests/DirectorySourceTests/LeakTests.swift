import CTestSupport
import DirectorySource
import Foundation
import LDAPClient
import Records
import TestSupport
import Testing

@Suite("A hundred reads over wires that break")
struct LeakTests {
    /// What reads go through: in turns plain, ldaps and StartTLS, each over two connections, of which one breaks somewhere.
    private struct Wires {
        static let faults: [[Fault]] = (0..<400).map { number in
            let actions: [Fault.Action] = [.cut, .reset, .fin, .xor(0x55), .drop(7), .duplicate(40)]
            // Of two connections one breaks; every sixth read meets no fault at all.
            return number % 3 == 0 ? [Fault(actions[number % actions.count], at: .byte(number * 97 % 20_000))] : []
        }
        let plain, tls: FaultProxy
        let authority: String

        func read(_ number: Int) -> Bool {
            let login = Login.simple(name: "cn=reader,o=Larkspur", password: Secret("correct-horse".utf8))
            do {
                var connection = ConnectionSettings(
                    address: try ServerAddress(number % 3 == 1 ? tls.tlsURI : plain.uri), startTLS: number % 3 == 2,
                    tls: TLSSettings(caFile: authority),
                    limits: TimeLimits(connect: .seconds(2), response: .seconds(2), total: .seconds(10)))
                connection.maxMessageSize = 1 << 20
                let directory = LiveDirectory(
                    connection: connection, login: login, base: "o=Larkspur", profile: .profile(try Shipped.profile("inetorgperson")),
                    options: ReadingOptions(pageSize: .whereOffered(20), connections: 2, verifies: false, followedServers: []))
                return try !directory.read { _ in }.recipients.isEmpty
            } catch { return false }
        }
    }

    @Test("leave nothing behind: no memory, no open file")
    func nothing() async throws {
        var configuration = DirectoryForm.inetOrgPerson.configuration(SamplePeople.make(90))
        configuration.certificate = .good
        configuration.database.content.append(
            .text("dn: cn=reader,o=Larkspur\nobjectClass: person\ncn: reader\nsn: Reader\nuserPassword: correct-horse\n\n"))
        let slapd = try PrivateSlapd(configuration)
        let authority = try TestPKI.shared().authorityFile
        // A process of its own: in this one other tests take and give back memory all the time.
        await #expect(processExitsWith: .success) {
            [port = slapd.port as Int, tlsPort = slapd.tlsPort as Int, authority = authority as String] in
            let wires = Wires(
                plain: try FaultProxy(to: port, scripts: Wires.faults), tls: try FaultProxy(to: tlsPort, scripts: Wires.faults),
                authority: authority)
            // What is made once for the process, by us and by libraries, is made by then.
            var whole = 0
            for number in 0..<50 { whole += wires.read(number) ? 1 : 0 }
            let (memory, files) = (cts_allocated_bytes(), try Self.openFiles(atMost: .max))
            for number in 50..<150 { whole += wires.read(number) ? 1 : 0 }
            // The proxies close their ends when they hear of it.
            let more = try Self.openFiles(atMost: files) - files
            let growth = Int(cts_allocated_bytes()) - Int(memory)
            #expect(whole > 20 && whole < 130, "\(whole) reads were whole")
            #expect(more <= 0, "\(more) more open files")
            // libldap 2.5 itself loses 8,296 bytes for each TLS connection whose ciphers are named; two of three reads make one or two.
            // Beside that there is nothing: a handle of ours that is not freed would be some 30 KB.
            #expect(growth < 100 * 10_000, "\(growth) bytes more after 100 reads")
        }
    }

    /// How many files this process has open; waits a while until there are no more than `most`.
    private static func openFiles(atMost most: Int) throws -> Int {
        var count = Int.max
        for _ in 1...200 {
            count = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            if count <= most { break }
            usleep(10_000)
        }
        return count
    }
}
