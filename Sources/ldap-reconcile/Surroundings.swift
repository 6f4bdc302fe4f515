internal import CMalloc
internal import Glibc
internal import Workflow

/// The process's environment, clock and end.
enum Surroundings {
    /// The environment's variables, as far as they concern us.
    static var environment: [String: String] {
        var variables: [String: String] = [:]
        var next = environ
        while let entry = next.pointee {
            let text = String(cString: entry)
            if let mark = text.firstIndex(of: "="), text.hasPrefix("LDAP_RECONCILE_") || text.hasPrefix("CREDENTIALS_DIRECTORY=") {
                variables[String(text[..<mark])] = String(text[text.index(after: mark)...])
            }
            next += 1
        }
        return variables
    }

    /// The time, RFC 3339 in UTC, to the second.
    static var now: String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let length = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: text[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Has large arrays given back to the system as soon as they are done with.
    ///
    /// glibc otherwise raises its threshold with every one that is freed, and keeps the next ones; the peak of a plan of 100,000 rows is 17 MB
    /// less so.
    static func giveBackMemory() {
        mallopt(M_MMAP_THRESHOLD, 192 << 10)
        mallopt(M_TRIM_THRESHOLD, 1 << 20)
    }

    /// Ends the process at once: everything is written unbuffered, and what libraries would clean up, a thread that is just connecting to the
    /// directory may be using (the Kerberos library then aborts).
    static func exit(_ status: ExitStatus) -> Never { _exit(status.rawValue) }
}
