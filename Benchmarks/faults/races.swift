// What the thread sanitizer must see, and what it must not: four threads that wait for the same Mutex, and, with the argument `race`, count
// without one. `threads` runs it first, to know that its reports, and its silence, mean something.

import Foundation
import Synchronization

/// Unchecked on purpose: what the sanitizer has to report is a count that several threads change without a lock.
final class Unprotected: @unchecked Sendable { var count = 0 }

@main
enum Races {
    static let protected = Mutex([0])
    static let ended = Mutex(0)

    static func main() {
        let unprotected = Unprotected()
        let isRacing = CommandLine.arguments.contains("race")
        for _ in 1...4 {
            Thread.detachNewThread {
                for _ in 1...300 {
                    protected.withLock {
                        $0.append($0.count)
                        // So that the others have to wait: a Mutex that nobody waits for never reaches the uninstrumented library.
                        usleep(100)
                    }
                    if isRacing { unprotected.count += 1 }
                }
                ended.withLock { $0 += 1 }
            }
        }
        // Looked at now and then, not waited for by another lock: the sanitizer is to see no order between the threads but the Mutex's.
        while ended.withLock({ $0 < 4 }) { usleep(1000) }
    }
}
