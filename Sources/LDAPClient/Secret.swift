internal import CLibLDAP
internal import Glibc

/// A secret that is wiped when it is no longer used, and that no text shows.
///
/// The bytes live in one heap block that is overwritten in `deinit`; libldap makes a copy of its own while the bind is on its way.
///
/// Unchecked, and safe to share: the block is written once, in `init`, and no pointer to it leaves this file.
@safe public final class Secret: @unchecked Sendable {
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    /// A secret from its bytes; the caller wipes its own copy.
    public init(_ source: some Collection<UInt8>) {
        unsafe bytes = .allocate(capacity: source.count)
        _ = unsafe bytes.initialize(from: source)
    }

    deinit {
        if let start = unsafe bytes.baseAddress { unsafe explicit_bzero(start, bytes.count) }
        unsafe bytes.deallocate()
    }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { unsafe bytes.isEmpty }

    func withBerval<Result>(_ body: (inout berval) -> Result) -> Result {
        var value = unsafe berval(
            bv_len: ber_len_t(bytes.count), bv_val: UnsafeMutableRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self))
        return unsafe body(&value)
    }
}
