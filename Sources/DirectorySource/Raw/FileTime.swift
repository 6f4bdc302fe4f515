/// A Windows FILETIME: 100 ns since 1601 ([MS-DTYP] 2.3.3), which LDAP shows in decimal.
enum FileTime {
    /// The time that the number stands for, or `zero` for 0; `nil` for what is no such number.
    static func words(_ text: String, zero: String) -> String? {
        guard let ticks = Int64(text) else { return nil }
        if ticks == 0 { return zero }
        if ticks == .max { return "never" }
        return "\(CivilTime(secondsSince1970: ticks / 10_000_000 - 11_644_473_600)) UTC"
    }
}
