internal import Glibc
public import Records

/// A directory read from an LDIF export, for offline work.
///
/// An LDIF file does not say whether the export was complete; the snapshot's proof repeats that.
public struct LDIFDirectory: DirectorySource {
    private let path: String
    private let base: DistinguishedName?
    private let baseText: String
    private let choice: ProfileChoice

    /// A directory; the file is read by each operation. `base`: only entries at or below it count; `nil` takes them all.
    public init(path: String, base: String?, profile: ProfileChoice) {
        self.path = path
        self.base = base.map { DistinguishedName($0) }
        baseText = base ?? ""
        choice = profile
    }

    /// Reads every recipient. What the file says of itself is hardly anything: its first entry's name.
    public func describedRead(progress: (ReadProgress) -> Void) throws -> DescribedRead {
        let (profile, evidence) = try chosenProfile()
        var translator = EntryTranslator(profile)
        var collector = ReadCollector()
        var journal = ReadJournal()
        var first = ""
        progress(.begins)
        let references = try parse { attribute, value in
            translator.add(attribute: attribute, value: value)
        } end: { dn in
            if first.isEmpty { first = dn }
            guard isInBase(dn) else { return translator.drop() }
            translator.name(dn.utf8.span)
            collector.add(&translator) { journal.take($0, progress) }
        }
        var tally = translator.tally
        guard tally.entries > 0 else {
            let place = base == nil ? "" : " at or below '\(baseText)'"
            throw LDIFProblem(
                file: path, line: 0, text: "the file holds no entry\(place); an export of the directory is needed (ldapsearch -LLL)")
        }
        collector.handOn { journal.take($0, progress) }
        let repeated = journal.settle(progress)
        if journal.isEdited { tally.recount(journal.recipients) }
        var remarks = ["an LDIF file does not say whether its export was complete"]
        if try ProfileReader.shipped(profile.name)?.filter != profile.filter {
            remarks.append("the filter \(profile.filter) is not applied to a file: what an entry is, its classes and attributes decide")
        }
        if !repeated.isEmpty { remarks.append("\(repeated.words("stand", ofOne: "stands")): each counts once, as it stands last") }
        var gaps = tally.gaps(profile: profile, references: references, repeated: RepeatedEntries(), account: nil)
        // The same DN is the same entry; one id under two names may be two people of whom one is left out.
        if !repeated.renamed.isEmpty {
            gaps.append(
                "\(repeated.renamed.words("stand", ofOne: "stands")), with one id under several DNs: only what stands last was taken; export the directory again, at one time and into one file"
            )
        }
        var proof = ReadProof(
            source: "ldif:\(path)", protection: "file", base: baseText, filter: profile.filter, profile: profile.name,
            profileEvidence: evidence,
            entries: journal.entries, recipients: tally.recipients, references: references,
            unseenAttributes: tally.unseen?.sorted() ?? [],
            gaps: gaps,
            remarks: remarks + profile.remarks + tally.remarks)
        proof.deleted = tally.deleted
        return DescribedRead(
            snapshot: DirectorySnapshot(recipients: journal.recipients, proof: proof),
            description: DirectoryDescription(
                source: proof.source, product: "LDIF export", namingContexts: [first], boundAs: "", protection: proof.protection,
                supportsPaging: false, controls: []))
    }

    /// Reads single entries again.
    public func recipients(at dns: [String]) throws -> [String: Recipient] {
        let (profile, _) = try chosenProfile()
        let wanted = Dictionary(grouping: dns) { DistinguishedName($0).normalized }
        var translator = EntryTranslator(profile)
        var found: [String: Recipient] = [:]
        try parse { attribute, value in
            translator.add(attribute: attribute, value: value)
        } end: { dn in
            translator.name(dn.utf8.span)
            let recipient = translator.recipient()
            for asked in wanted[DistinguishedName(dn).normalized, default: []] { found[asked] = recipient }
        }
        return found
    }

    /// Every entry that the name may mean, with all that the file has of it.
    public func find(_ name: String, operational: Bool) throws -> RawFinding {
        var finding = RawFinding(place: "in the file")
        if name.isEmpty { return finding }
        let (profile, _) = try chosenProfile()
        let wanted = DistinguishedName(name).normalized
        var translator = EntryTranslator(profile)
        var collector = RawCollector(profile)
        let references = try parse { attribute, value in
            translator.add(attribute: attribute, value: value)
            collector.add(attribute, value)
        } end: { dn in
            defer { collector = RawCollector(profile) }
            translator.name(dn.utf8.span)
            let recipient = translator.recipient()
            let isMeant = recipient.map { profile.means(name, $0) } ?? false
            if isMeant || DistinguishedName(dn).normalized == wanted {
                finding.entries.append(RawEntry(dn: dn, attributes: collector.attributes))
            }
        }
        if finding.entries.isEmpty, let parts = Unseen.parts(references) { finding.unseen = [parts] }
        return finding
    }

    private func isInBase(_ dn: String) -> Bool {
        base.map { DistinguishedName(dn).isWithin($0) } ?? true
    }

    /// `auto` takes the first profile whose signature some entry matches, as it does with a server.
    private func chosenProfile() throws -> (DirectoryProfile, evidence: String) {
        switch choice {
        case .profile(let profile): return (profile, "named by the settings")
        case .automatic(let profiles):
            let candidates = profiles.filter { $0.signature != nil }
            var entries = 0
            var counts = Array(repeating: 0, count: candidates.count)
            var classes: Set<String> = []
            var names: Set<String> = []
            try parse { attribute, value in
                let name = (attribute.text ?? "").lowercased()
                if name == "objectclass" { classes.insert((value.text ?? "").lowercased()) }
                names.insert(name)
            } end: { _ in
                entries += 1
                for (index, profile) in candidates.enumerated() where profile.isSigned(byClasses: classes, attributes: names) {
                    counts[index] += 1
                }
                classes.removeAll(keepingCapacity: true)
                names.removeAll(keepingCapacity: true)
            }
            guard entries > 0 else {
                throw LDIFProblem(
                    file: path, line: 0, text: "the file holds no entry; an export of the directory is needed (ldapsearch -LLL)")
            }
            guard let index = counts.firstIndex(where: { $0 > 0 }) else {
                throw LDIFProblem(
                    file: path, line: 0,
                    text: "no entry looks like one of \(candidates.map(\.name).joined(separator: ", ")); name the profile with --profile")
            }
            return (
                candidates[index],
                "\(counts[index] == 1 ? "1 entry matches" : "\(counts[index]) entries match") \(candidates[index].signature ?? "")"
            )
        }
    }

    /// Gives the references to other servers that the file tells of.
    @discardableResult
    private func parse(value: (Span<UInt8>, Span<UInt8>) -> Void, end: (String) -> Void) throws -> [String] {
        var parser = LDIFParser(try Self.bytes(of: path), file: path)
        try parser.parse(value: value) { dn, _ in end(dn) }
        return parser.references
    }

    private static func bytes(of path: String) throws(LDIFProblem) -> [UInt8] {
        func fail() -> LDIFProblem {
            LDIFProblem(file: path, line: 0, text: "the LDIF file cannot be read: \(String(cString: strerror(errno)))", isUnreadable: true)
        }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fail() }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = Glibc.read(descriptor, &block, block.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw fail() }
            if count == 0 { return bytes }
            bytes += block[..<count]
        }
    }
}

extension DirectoryProfile {
    /// The signature's meaning for an entry of a file, where no server evaluates filters: the class that it asks for, and one attribute of its own.
    fileprivate func isSigned(byClasses classes: Set<String>, attributes: Set<String>) -> Bool {
        guard let signature else { return false }
        return SignatureTest(signature).holds(classes: classes, attributes: attributes)
    }
}
