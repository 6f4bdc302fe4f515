/// Numbers that people choose for limits.
enum RoundNumber {
    /// Whether an answer of so many entries may have been cut by a limit: a multiple of 50 or a power of two, from 50 on.
    static func isLikelyLimit(_ count: Int) -> Bool { count >= 50 && (count % 50 == 0 || count & (count - 1) == 0) }
}
