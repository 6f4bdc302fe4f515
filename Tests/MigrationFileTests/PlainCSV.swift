/// A file taken apart a second time, byte by byte and without any of the program's code, so that what a correction did can be judged.
struct PlainCSV {
    /// A cell as it is spelled, or what stands between cells and behind lines.
    enum Piece: Equatable {
        case cell([UInt8])
        case separator
        case end([UInt8])
    }

    /// What stands before the header.
    let head: [UInt8]
    /// All that comes then, each line's pieces.
    let lines: [[Piece]]
    let quote: UInt8?

    /// `onlyPairs`: CRLF alone ends a line.
    init(_ bytes: [UInt8], from start: Int, separator: UInt8, quote: UInt8?, onlyPairs: Bool) {
        head = Array(bytes[..<start])
        self.quote = quote
        var lines: [[Piece]] = []
        var line: [Piece] = []
        var cell: [UInt8] = []
        var isOpen = false
        var index = start
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if byte == quote, isOpen || cell.isEmpty {
                cell.append(byte)
                if isOpen, index < bytes.count, bytes[index] == quote {
                    cell.append(byte)
                    index += 1
                } else {
                    isOpen.toggle()
                }
                continue
            }
            let isPair = byte == 13 && index < bytes.count && bytes[index] == 10
            if !isOpen, byte == separator {
                line += [.cell(cell), .separator]
                cell = []
            } else if !isOpen, isPair || (!onlyPairs && (byte == 10 || byte == 13)) {
                if isPair { index += 1 }
                lines.append(line + [.cell(cell), .end(isPair ? [13, 10] : [byte])])
                (line, cell) = ([], [])
            } else {
                cell.append(byte)
            }
        }
        if !line.isEmpty || !cell.isEmpty { lines.append(line + [.cell(cell)]) }
        self.lines = lines
    }

    /// The lines that are rows: neither the header, nor empty, nor the end-of-file mark of DOS.
    var rows: [Int] { lines.indices.dropFirst().filter { ![[], [0x1A]].contains(cells(ofLine: $0)[0]) || cells(ofLine: $0).count > 1 } }

    /// A line's cells as they are spelled.
    func cells(ofLine line: Int) -> [[UInt8]] {
        lines[line].compactMap { if case .cell(let bytes) = $0 { bytes } else { nil } }
    }

    /// What a cell that is spelled like this says.
    func content(of cell: [UInt8]) -> [UInt8] {
        guard let quote, cell.first == quote else { return cell }
        var content: [UInt8] = []
        var (index, isOpen) = (1, true)
        while index < cell.count {
            if isOpen, cell[index] == quote {
                if index + 1 < cell.count, cell[index + 1] == quote {
                    content.append(quote)
                    index += 1
                } else {
                    isOpen = false
                }
            } else {
                content.append(cell[index])
            }
            index += 1
        }
        return content
    }
}

extension PlainCSV {
    /// What differs from `source` although nobody decided it, or does not say what was decided; `nil` when nothing does.
    /// `decided`: the new content of cells, by line and column.
    func fault(against source: PlainCSV, decided: [Int: [Int: [UInt8]]]) -> String? {
        if head != source.head { return "the bytes before the header differ" }
        if lines.count != source.lines.count { return "\(lines.count) lines instead of \(source.lines.count)" }
        for line in lines.indices {
            guard let changes = decided[line] else {
                if lines[line] != source.lines[line] { return "line \(line) differs, which nobody decided" }
                continue
            }
            if lines[line].count != source.lines[line].count { return "line \(line) has more or fewer cells" }
            for (place, (new, old)) in zip(lines[line], source.lines[line]).enumerated() {
                guard case .cell(let spelled) = new, case .cell(let before) = old, let content = changes[place / 2] else {
                    if new != old { return "piece \(place) of line \(line) differs, which nobody decided" }
                    continue
                }
                let isAlone = lines[line].count <= 2
                if let fault = fault(of: spelled, before: before, decided: content, isAlone: isAlone) { return "line \(line): \(fault)" }
            }
        }
        return nil
    }

    /// What is wrong with one decided cell: it says something else, or is spelled otherwise than the rule for replaced cells has it.
    private func fault(of spelled: [UInt8], before: [UInt8], decided: [UInt8], isAlone: Bool) -> String? {
        if content(of: spelled) != decided { return "\(spelled) does not say \(decided)" }
        if content(of: before) == decided { return spelled == before ? nil : "\(before) said so already, and became \(spelled)" }
        if decided.isEmpty { return spelled.isEmpty || isAlone ? nil : "\(spelled) is not empty" }
        guard let quote, before.first == quote else { return nil }
        return spelled.first == quote ? nil : "\(before) has lost its quotes"
    }
}
