import Parallel
import Synchronization
import Testing

@Suite("Background work")
struct BackgroundTests {
    @Test("runs while its owner does something else, and gives its value")
    func value() throws {
        let gate = Mutex(0)
        let work = Background {
            while gate.withLock({ $0 }) == 0 {}
            return gate.withLock { $0 } + 1
        }
        gate.withLock { $0 = 41 }
        #expect(try work.value() == 42)
    }

    @Test("gives its error")
    func error() {
        struct Failed: Error {}
        let work = Background<Int> { throw Failed() }
        #expect(throws: Failed.self) { try work.value() }
    }
}
