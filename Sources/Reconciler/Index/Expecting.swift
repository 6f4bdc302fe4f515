internal import CPrefetch

extension Array {
    /// Has an element fetched from memory that will be asked for soon, and goes on meanwhile. Changes nothing but time: look-ups in large tables
    /// mostly wait for memory, and these waits go on side by side.
    @inline(__always) func expect(_ index: Int) {
        withUnsafeBufferPointer { elements in
            guard let element = elements.baseAddress.map({ UnsafeRawPointer($0 + index) }) else { return }
            // An element may lie across lines of the processor's cache, which have 64 bytes.
            for offset in stride(from: 0, to: MemoryLayout<Element>.size, by: 64) { ldap_reconcile_prefetch(element + offset) }
        }
    }
}

extension Scene {
    /// Has fetched from memory what every piece of evidence asks about a recipient.
    func expect(_ recipient: Int) {
        recipientNames.expect(recipient)
        tree.containers.expect(recipient)
        departmentKeys.expect(recipient)
        directory.hasOldAddress.expect(recipient)
    }

    /// The same for the readings of the recipient's names, whose places were fetched by then.
    func expectReadings(of recipient: Int) {
        for place in recipientNames[recipient].readings.places { recipientReadings.expect(place) }
    }
}
