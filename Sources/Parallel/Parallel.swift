internal import Dispatch

/// Work on many things at once, whose result is the same for any number of processors.
public enum Parallel {
    /// Cuts `0..<count` into ranges of `size`, calls `make` with each of them on all processors, and gives the results in the order of the ranges.
    ///
    /// `make` may run on several threads at the same time. Returns when all are done; nothing is left running.
    public static func map<Result: Sendable>(_ count: Int, inPiecesOf size: Int, _ make: @Sendable (Range<Int>) -> Result) -> [Result] {
        let pieces = (count + size - 1) / size
        guard pieces > 1 else { return pieces == 0 ? [] : [make(0..<count)] }
        return [Result](unsafeUninitializedCapacity: pieces) { results, filled in
            // Every call writes one element of its own, so the threads do not meet.
            nonisolated(unsafe) let start = results.baseAddress
            DispatchQueue.concurrentPerform(iterations: pieces) { piece in
                let range = (piece * size)..<min((piece + 1) * size, count)
                start?.advanced(by: piece).initialize(to: make(range))
            }
            filled = pieces
        }
    }

    /// Cuts `0..<count` into ranges of `size` and calls `change` with each of them and all elements on all processors. A call may change those elements only
    /// that belong to its range, whatever that means to the caller, and look at no others.
    public static func update<Element: Sendable>(
        _ elements: inout [Element], _ count: Int, inPiecesOf size: Int,
        _ change: @Sendable (Range<Int>, inout UnsafeMutableBufferPointer<Element>) -> Void
    ) {
        elements.withUnsafeMutableBufferPointer { buffer in
            // The compiler cannot see that every call changes elements of its own, so that the threads do not meet; all are done before this returns.
            nonisolated(unsafe) let shared = buffer
            _ = map(count, inPiecesOf: size) { range in
                var elements = shared
                change(range, &elements)
            }
        }
    }

    /// The array of `element` for `0..<count`, each made in its place, on all processors. `element` may run on several threads at the same time.
    public static func array<Element: Sendable>(_ count: Int, _ element: @Sendable (Int) -> Element) -> [Element] {
        [Element](unsafeUninitializedCapacity: count) { elements, filled in
            // Every element is written once, by one thread.
            nonisolated(unsafe) let start = elements.baseAddress
            _ = map(count, inPiecesOf: 4096) { range in
                for index in range { start?.advanced(by: index).initialize(to: element(index)) }
            }
            filled = count
        }
    }
}
