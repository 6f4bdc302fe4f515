internal import Foundation
internal import LDAPClient
internal import Parallel
internal import Records
internal import Texts

/// A snapshot as a file, so that the next run reads only what changed.
///
/// Version 2, numbers with the lowest byte first: the mark `LDRSNAP` and the version, one byte; how many entries there are, 8 bytes; how
/// long the head is, 8 bytes; the head, which is JSON; padding to 8 bytes; then, one column after the other, of every entry its id (16
/// bytes), its attributes (8), its stamp (8), how long its texts are (4), padding to 8; then the records, as `RecipientPacker` makes them;
/// at the end XXH64 of everything before it. It is read in one go, and the recipients stay in the buffer that was read.
public enum SnapshotFile {
    private static let mark = Array("LDRSNAP".utf8)
    private static let version: UInt8 = 2
    private static let headStart = 24

    /// Why a file cannot be gone on from, in words.
    public struct Problem: Error, Sendable, Equatable {
        /// The words: "it was damaged", for instance.
        public let why: String
    }

    /// What stands in the head.
    private struct Head: Codable {
        var proof: ReadProof
        var cookie: ChangeCookie
        var fullReadAt: String
        var readAt: String
        var remarks: [String: [String]]
    }

    // MARK: - Writing

    /// The file's bytes.
    public static func bytes(of kept: TrackedSnapshot) -> [UInt8] {
        let table = kept.table
        var text = TextBuffer(capacity: 4096 + table.count * 240)
        text.add(mark.span)
        text.add(byte: version)
        let head = head(of: kept)
        text.add(eightBytes: [UInt64(table.count), UInt64(head.count)])
        text.add(head.span)
        text.pad()
        for id in table.ids { text.add(eightBytes: [id.high, id.low]) }
        text.add(eightBytes: table.marks)
        text.add(eightBytes: table.stamps)
        for record in table.records { text.add(fourBytes: record.withRecord { $1 }) }
        text.pad()
        for record in table.records { record.withRecord { bytes, _ in text.add(bytes) } }
        text.add(eightBytes: [text.withBytes { Checksum.of($0) }])
        return text.withBytes { $0.withUnsafeBufferPointer { [UInt8]($0) } }
    }

    private static func head(of kept: TrackedSnapshot) -> [UInt8] {
        let remarks = kept.table.remarks.map { id, texts in (String(id.high, radix: 16) + "-" + String(id.low, radix: 16), texts) }
        let head = Head(
            proof: kept.snapshot.proof, cookie: kept.cookie, fullReadAt: kept.fullReadAt, readAt: kept.readAt,
            remarks: Dictionary(remarks) { first, _ in first })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // Only texts, numbers and lists of them, which cannot fail.
        return (try? encoder.encode(head)).map { [UInt8]($0) } ?? []
    }

    // MARK: - Reading

    /// Whether the bytes begin as such a file does, of whatever version.
    public static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: mark) }

    /// How many bytes it takes to know.
    public static var markLength: Int { mark.count }

    /// What was kept in a file. Nothing in it is believed: what cannot be used gives a `Problem`, whoever wrote it.
    public static func snapshot(in bytes: [UInt8]) throws(Problem) -> TrackedSnapshot {
        guard isOne(bytes) else { throw Problem(why: "it is no snapshot of this program") }
        guard bytes.count >= headStart + 8 else { throw Problem(why: "it has been cut off") }
        guard bytes[mark.count] == version else {
            throw Problem(why: "it is of version \(bytes[mark.count]), and this program knows \(version)")
        }
        let end = bytes.count - 8
        // What is in the file is taken apart, which is safe with any bytes, while another thread adds them up.
        let sum = Background { Checksum.of(bytes.span.extracting(..<end)) }
        let kept = content(of: bytes, before: end)
        guard (try? sum.value()) == bytes.span.number(at: end) else { throw Problem(why: "it has been damaged or cut off") }
        guard let kept else { throw Problem(why: "what is in it does not fit together") }
        return kept
    }

    private static func content(of bytes: [UInt8], before end: Int) -> TrackedSnapshot? {
        guard let count = Int(exactly: bytes.span.number(at: 8)), let length = Int(exactly: bytes.span.number(at: 16)),
            // 16 + 8 + 8 + 4 bytes and one of a record at least: no larger number can be true, and none overflows.
            count <= end / 36, length <= end - headStart,
            let head = try? JSONDecoder().decode(Head.self, from: Data(bytes[headStart..<headStart + length])),
            let columns = Columns(bytes, count: count, from: (headStart + length + 7) & ~7, to: end),
            let table = table(columns, head)
        else { return nil }
        let snapshot = DirectorySnapshot(recipients: table.recipients, proof: head.proof)
        return TrackedSnapshot(
            snapshot: snapshot, fullReadAt: head.fullReadAt, readAt: head.readAt, table: table, cookie: head.cookie)
    }

    private static func table(_ columns: Columns, _ head: Head) -> EntryTable? {
        var remarks: [EntryUUID: [String]] = [:]
        for (name, texts) in head.remarks {
            let halves = name.split(separator: "-").compactMap { UInt64($0, radix: 16) }
            guard halves.count == 2 else { return nil }
            remarks[EntryUUID(high: halves[0], low: halves[1])] = texts
        }
        return EntryTable(ids: columns.ids, records: columns.records, marks: columns.marks, stamps: columns.stamps, remarks: remarks)
    }

    /// The columns of a file.
    private struct Columns {
        var ids: [EntryUUID]
        var marks: [UInt64]
        var stamps: [UInt64]
        var records: [Recipient]

        /// `nil` when they do not end where the file does.
        init?(_ bytes: [UInt8], count: Int, from start: Int, to end: Int) {
            let records = (start + count * 36 + 7) & ~7
            guard records <= end else { return nil }
            let span = bytes.span
            ids = (0..<count).map { EntryUUID(high: span.number(at: start + 16 * $0), low: span.number(at: start + 16 * $0 + 8)) }
            marks = (0..<count).map { span.number(at: start + 16 * count + 8 * $0) }
            stamps = (0..<count).map { span.number(at: start + 24 * count + 8 * $0) }
            let texts = (0..<count).map { span.littleEndian32(at: start + 32 * count + 4 * $0) }
            guard let found = Recipient.recipients(in: bytes, from: records, to: end, texts: texts) else { return nil }
            self.records = found
        }
    }
}

extension Span<UInt8> {
    /// The number of eight octets, the lowest first. They must be there.
    fileprivate func number(at offset: Int) -> UInt64 {
        precondition(offset >= 0 && offset <= count - 8)
        return UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
}

extension TextBuffer {
    /// Adds zeros up to a multiple of eight bytes.
    fileprivate mutating func pad() {
        while count & 7 != 0 { add(byte: 0) }
    }
}
