internal import CSV
public import Records

extension MigrationFile {
    /// The lines that a corrected form of this file has otherwise, by ascending line, each group with `context` rows before and after it.
    ///
    /// Both have the same rows, since only cells change; a cell with line breaks may take more or fewer lines. Text is decoded by the code page; bytes that it
    /// has not stand as `\xNN`. Costs a comparison of the bytes.
    public func unifiedDiff(to corrected: MigrationFile, context: Int = 3) -> [DiffHunk] {
        let old = document
        let new = corrected.document
        precondition(old.recordCount == new.recordCount, "a correction keeps every row")
        let changed = (0..<old.recordCount).filter { record in
            !old.bytes[old.range(ofRecord: record)].elementsEqual(new.bytes[new.range(ofRecord: record)])
        }
        var hunks: [DiffHunk] = []
        var end = 0
        for (place, record) in changed.enumerated() {
            let start = max(0, record - context)
            if hunks.isEmpty || start > end {
                hunks.append(DiffHunk(oldStart: old.line(ofRecord: start), newStart: new.line(ofRecord: start)))
                end = start
            }
            append(end..<record, of: old, to: &hunks[hunks.count - 1]) { .same($0) }
            append(record..<record + 1, of: old, to: &hunks[hunks.count - 1]) { .removed($0) }
            append(record..<record + 1, of: new, to: &hunks[hunks.count - 1]) { .added($0) }
            end = record + 1
            let next = place + 1 < changed.count ? changed[place + 1] : old.recordCount
            let last = min(end + context, next)
            append(end..<last, of: old, to: &hunks[hunks.count - 1]) { .same($0) }
            end = last
        }
        return hunks
    }

    private func append(
        _ records: Range<Int>, of document: CSVDocument, to hunk: inout DiffHunk, as line: (String) -> DiffHunk.Line
    ) {
        for record in records {
            var rest = shown(record, of: document)
            while !rest.isEmpty {
                let end = rest.firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } ?? rest.endIndex
                hunk.lines.append(line(text(of: rest[..<end])))
                if end == rest.endIndex {
                    hunk.lines.append(.withoutEnd)
                    break
                }
                let isPair = rest[end] == UInt8(ascii: "\r") && end + 1 < rest.endIndex && rest[end + 1] == UInt8(ascii: "\n")
                rest = rest[(end + (isPair ? 2 : 1))...]
            }
        }
    }

    /// The bytes of a record, secret cells apart: those come as stars.
    private func shown(_ record: Int, of document: CSVDocument) -> ArraySlice<UInt8> {
        let range = document.range(ofRecord: record)
        if record > 0, !kind.secretColumns.isEmpty, document.cellCount(ofRecord: record) != columns.count {
            return Array("***".utf8)[...] + lineEnd(of: record, in: document)
        }
        let secrets = record == 0 ? [] : (0..<document.cellCount(ofRecord: record)).filter(header.isSecret)
        if secrets.isEmpty { return document.bytes[range] }
        var bytes: [UInt8] = []
        var start = range.lowerBound
        for column in secrets {
            let cell = document.range(ofRecord: record, column: column)
            bytes += document.bytes[start..<cell.lowerBound] + Array("***".utf8)
            start = cell.upperBound
        }
        return (bytes + document.bytes[start..<range.upperBound])[...]
    }

    private func lineEnd(of record: Int, in document: CSVDocument) -> ArraySlice<UInt8> {
        let raw = document.bytes[document.range(ofRecord: record)]
        return raw.suffix(raw.reversed().prefix { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }.count)
    }

    private func text(of bytes: ArraySlice<UInt8>) -> String {
        if let text = try? encoding.codePage.decode(bytes) { return text }
        return bytes.map { byte in
            (try? encoding.codePage.decode([byte][...])) ?? "\\x" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
        }.joined()
    }
}
