import Records

/// Which container each recipient stands in, and which containers stand above that one.
struct ContainerTree {
    /// Each recipient's container, as an index of `names`.
    private(set) var containers: [Int32] = []
    /// The DN of each container, as first spelled. A container comes behind those above it.
    private(set) var names: [String] = []
    /// The container above each; -1 for a root.
    private var parents: [Int32] = []

    /// `spellings`: the key of each recipient's container, as spelled.
    init(_ recipients: [Recipient], spellings: [Key]) {
        var bySpelling: [Key: Int32] = [:]
        var byName: [String: Int32] = [:]
        containers.reserveCapacity(recipients.count)
        for index in recipients.indices {
            if let found = bySpelling[spellings[index]] {
                containers.append(found)
            } else {
                let new = add(DistinguishedName(DistinguishedName.spelledParent(of: recipients[index].dn)), &byName)
                bySpelling[spellings[index]] = new
                containers.append(new)
            }
        }
    }

    /// The container of a recipient.
    func container(of recipient: Int) -> Int { Int(containers[recipient]) }

    /// The container above; `nil` for a root.
    func parent(of container: Int) -> Int? { parents[container] < 0 ? nil : Int(parents[container]) }

    /// The lowest container that is, or stands above, both; `nil` where none is.
    func common(_ one: Int, _ other: Int) -> Int? {
        var (one, other) = (one, other)
        while one != other {
            // A container stands behind those above it.
            guard let above = parent(of: Swift.max(one, other)) else { return nil }
            (one, other) = (Swift.min(one, other), above)
        }
        return one
    }

    private mutating func add(_ dn: DistinguishedName, _ byName: inout [String: Int32]) -> Int32 {
        let name = dn.normalized
        if let found = byName[name] { return found }
        let above = dn.parts.count > 1 ? add(DistinguishedName(dn.parent), &byName) : -1
        let index = Int32(names.count)
        byName[name] = index
        names.append(dn.parts.joined(separator: ","))
        parents.append(above)
        return index
    }
}
