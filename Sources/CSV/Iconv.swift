internal import Glibc

/// One conversion of the C library, owned. Strict: what has no exact counterpart ends the conversion, nothing is substituted
/// (no `//TRANSLIT`, no `//IGNORE`, and a conversion that counts as irreversible is a failure).
///
/// Keeps state between calls, so it belongs to one thread at a time.
final class Iconv {
    private let handle: iconv_t

    /// How a conversion ended.
    enum Outcome {
        case converted([UInt8])
        /// The offset of the first byte that has no counterpart.
        case stopped(at: Int)
    }

    /// `nil` when the C library does not know one of the names.
    init?(from source: String, to target: String) {
        guard let handle = iconv_open(target, source), handle != iconv_t(bitPattern: -1) else { return nil }
        self.handle = handle
    }

    deinit { iconv_close(handle) }

    /// Converts all of `input` or says where it stops.
    func convert(_ input: ArraySlice<UInt8>) -> Outcome {
        iconv(handle, nil, nil, nil, nil)
        var output = [CChar](repeating: 0, count: input.count * 6 + 16)
        var source = input.map { CChar(bitPattern: $0) }
        let (outcome, inputLeft, outputLeft) = source.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { output in
                var (from, to) = (source.baseAddress, output.baseAddress)
                var (inputLeft, outputLeft) = (source.count, output.count)
                let irreversible = iconv(handle, &from, &inputLeft, &to, &outputLeft)
                if irreversible == 0 { iconv(handle, nil, nil, &to, &outputLeft) }
                return (irreversible, inputLeft, outputLeft)
            }
        }
        guard outcome == 0, inputLeft == 0 else { return .stopped(at: input.count - inputLeft) }
        return .converted(output[..<(output.count - outputLeft)].map { UInt8(bitPattern: $0) })
    }
}

// iconv keeps shift state in the handle: https://www.gnu.org/software/libc/manual/html_node/Generic-Conversion-Interface.html
@available(*, unavailable)
extension Iconv: Sendable {}
