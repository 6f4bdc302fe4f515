import Foundation

/// Somebody between client and server who has a certificate that the client trusts, and so can read and change everything: what channel
/// binding (RFC 5929) is for.
public final class TLSMiddleman: Sendable {
    /// The port on 127.0.0.1 where he takes himself for the server.
    public let port: Int
    private let process: ChildProcess
    private let folder: TemporaryFolder

    /// Starts him, before the server that speaks TLS on this port of 127.0.0.1.
    public init(to target: Int) throws {
        folder = try TemporaryFolder()
        port = try Loopback.freePort()
        let script = try folder.write(PackageResources.tls_middle_py, to: "tls-middle.py")
        let pki = try TestPKI.shared()
        let (certificate, key) = (pki.certificateFile(.middle), pki.keyFile(.middle))
        process = try ChildProcess.daemon(
            "/usr/bin/python3", [script, certificate, key, "\(port)", "\(target)"], environment: [:], log: folder["log"])
        let deadline = ContinuousClock.now + .seconds(20)
        while !((try? Loopback.connect(port: port)).map { close($0) } != nil) {
            guard process.isRunning, .now < deadline else {
                throw TestSupportError(
                    "the man in the middle did not come up: \((try? String(decoding: folder.read("log"), as: UTF8.self)) ?? "")")
            }
            usleep(3000)
        }
    }

    deinit { process.end() }

    /// `ldaps://127.0.0.1:PORT`.
    public var tlsURI: String { "ldaps://127.0.0.1:\(port)" }
}
