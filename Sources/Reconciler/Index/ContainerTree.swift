import Records

/// Which container each recipient stands in, and which containers stand above that one.
struct ContainerTree {
    /// Each recipient's container, as an index of `lineages`.
    private(set) var containers: [Int32] = []
    /// For each container itself and those above it, from the leaf to the root.
    private(set) var lineages: [[Int32]] = []
    /// The DN of each container, as first spelled.
    private(set) var names: [String] = []

    init(_ recipients: [Recipient]) {
        var bySpelling: [Key: Int32] = [:]
        var byName: [String: Int32] = [:]
        containers.reserveCapacity(recipients.count)
        for recipient in recipients {
            let parent = Self.parent(of: recipient.dn)
            let spelling = Key(parent)
            let found = bySpelling[spelling] ?? add(DistinguishedName(Substring(parent)), &byName)
            bySpelling[spelling] = found
            containers.append(found)
        }
    }

    /// The containers of the recipient, from its own to the root.
    func lineage(of recipient: Int) -> [Int32] { lineages[Int(containers[recipient])] }

    private mutating func add(_ dn: DistinguishedName, _ byName: inout [String: Int32]) -> Int32 {
        let name = dn.normalized
        if let found = byName[name] { return found }
        let above = dn.parts.count > 1 ? lineages[Int(add(DistinguishedName(dn.parent), &byName))] : []
        let index = Int32(lineages.count)
        byName[name] = index
        names.append(dn.parts.joined(separator: ","))
        lineages.append([index] + above)
        return index
    }

    /// The bytes behind the first comma that is neither escaped nor quoted.
    private static func parent(of dn: String) -> Substring.UTF8View {
        var isEscaped = false
        var isQuoted = false
        var index = dn.utf8.startIndex
        while index < dn.utf8.endIndex {
            let byte = dn.utf8[index]
            index = dn.utf8.index(after: index)
            switch byte {
            case _ where isEscaped: isEscaped = false
            case UInt8(ascii: "\\"): isEscaped = true
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: ","), UInt8(ascii: ";"):
                if !isQuoted { return dn.utf8[index...] }
            default: break
            }
        }
        return dn.utf8[index...]
    }
}
