internal import LDAPClient
internal import Records

/// The parts of a directory that may be read at the same time, over several connections.
///
/// Each of some containers is a part, and everything that is below none of them is one more: so all parts together are the whole, also where
/// a container does not show to this account and the entries in it do. That last part needs a filter that only some servers have
/// (`entryDN:dnSubtreeMatch`, OpenLDAP); a server without it is read as a whole.
struct DirectoryParts {
    let parts: [ReadPart]

    /// A base with more children than this, containers or not, is not divided.
    private static let mostChildren = 200
    /// With so many containers nothing is divided further.
    private static let enough = 4
    /// How far below the base containers are looked for: organisation, site, `cn=Recipients`.
    private static let depth = 4

    /// Divides what is below `base` where that pays for `connections`, and is safe.
    init(
        base: String, filter: String, connections: Int, over connection: borrowing LDAPConnection
    ) throws(LDAPError) {
        let whole = ReadPart(base: base, filter: filter)
        guard connections > 1 else {
            parts = [whole]
            return
        }
        var containers = [base]
        for _ in 0..<Self.depth where containers.count < Self.enough {
            containers = try connection.containers(below: containers, atMost: Self.mostChildren)
        }
        guard containers.count > 1, containers != [base], try connection.canTellSubtrees(containers[0]) else {
            parts = [whole]
            return
        }
        let rest = "(&\(filter)\(containers.map { "(!\(Self.isBelow($0)))" }.joined()))"
        parts = [ReadPart(base: base, filter: rest)] + containers.map { ReadPart(base: $0, filter: filter) }
    }

    /// Matches the entry `dn` and all below it.
    fileprivate static func isBelow(_ dn: String) -> String { "(entryDN:dnSubtreeMatch:=\(FilterText.escape(dn)))" }
}

extension LDAPConnection {
    /// The containers one level below these; a container without any, or with too many children to ask for, stays as it is.
    fileprivate borrowing func containers(below containers: [String], atMost limit: Int) throws(LDAPError) -> [String] {
        var found: [String] = []
        for container in containers {
            let below = try self.containers(below: container, atMost: limit)
            found += below.isEmpty ? [container] : below
        }
        return found.count > limit ? containers : found
    }

    private borrowing func containers(below base: String, atMost limit: Int) throws(LDAPError) -> [String] {
        var found: [String] = []
        let request = SearchRequest(
            base: base, scope: .oneLevel, filter: "(objectClass=*)", attributes: ["hasSubordinates"], sizeLimit: limit)
        do throws(LDAPError) {
            _ = try search(request) { (entry) throws(LDAPError) in
                var hasChildren = false
                let dn = try entry.forEachValue { hasChildren = hasChildren || $1.equalsWithoutCase("true".utf8.span) }
                if hasChildren { found.append(dn) }
            }
        } catch {
            guard case .server = error.code.origin else { throw error }
            return []  // too many, or not allowed: read as a whole
        }
        return found
    }

    /// Whether the server evaluates the filter for "below this entry", and does it right.
    fileprivate borrowing func canTellSubtrees(_ dn: String) throws(LDAPError) -> Bool {
        let isBelow = DirectoryParts.isBelow(dn)
        do throws(LDAPError) {
            guard try count(dn, isBelow) == 1 else { return false }
            return try count(dn, "(!\(isBelow))") == 0
        } catch {
            guard case .server = error.code.origin else { throw error }
            return false
        }
    }

    private borrowing func count(_ base: String, _ filter: String) throws(LDAPError) -> Int {
        try search(SearchRequest(base: base, scope: .base, filter: filter, attributes: ["1.1"])) { _ throws(LDAPError) in }.entries
    }
}
