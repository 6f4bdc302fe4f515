internal import LDAPClient

/// Gathers the values of one entry by attribute, in order.
struct RawCollector {
    private(set) var attributes: [RawEntry.Attribute] = []

    mutating func add(_ attribute: Span<UInt8>, _ value: Span<UInt8>) {
        let name = attribute.text ?? "?"
        let octets = value.withUnsafeBufferPointer { [UInt8]($0) }
        if let last = attributes.indices.last, attributes[last].name == name {
            attributes[last].values.append(octets)
        } else {
            attributes.append(RawEntry.Attribute(name: name, values: [octets]))
        }
    }
}

extension DirectoryProfile {
    /// A filter for every recipient that `name` may mean: alias, directory name, display name, or an address with or without its type.
    func filter(naming name: String) -> String {
        let value = FilterText.escape(name)
        var tests = (alias + displayName + [directoryNameCheck].compactMap { $0 }).map { "(\($0)=\(value))" }
        if directoryName == .leafOfDN { tests += ["(cn:dn:=\(value))"] }
        if let legacyDN { tests.append("(\(legacyDN)=*/cn=\(value))") }
        for source in addresses {
            tests.append("(\(source.attribute)=\(value))")
            if let separator = source.separator {
                tests.append("(\(source.attribute)=*\(FilterText.escape(String(separator)))\(value))")
            }
        }
        return "(|\(tests.joined()))"
    }

    /// Whether a recipient is one that `name` may mean, by the same rule as `filter(naming:)`.
    func means(_ name: String, alias: String, directoryName: String, displayName: String, addresses: [String]) -> Bool {
        let name = name.lowercased()
        return [alias, directoryName, displayName].contains { $0.lowercased() == name }
            || addresses.contains { address in
                let address = address.lowercased()
                return address == name || address.hasSuffix(":" + name) || address.hasSuffix("$" + name)
            }
    }
}
