public import Records

/// In what a file differs from what was written, in sentences.
public enum DifferenceWords {
    /// A sentence for each difference, the large ones first.
    public static func lines(_ differences: ListDifferences) -> [String] {
        var lines = differences.preambleDiffers ? ["The lines before the header are other ones."] : []
        lines += differences.columnsGone.map { "The column \($0) is gone." }
        lines += differences.columnsNew.map { "The column \($0) was not written." }
        lines += differences.rowsGone.map { "The row \($0.mailboxName), written on line \($0.line), is gone." }
        lines += differences.rowsNew.map { "Line \($0.line) (\($0.mailboxName)): this row was not written." }
        if differences.isReordered { lines.append("The rows stand in another order.") }
        lines += differences.cells.map {
            "Line \($0.line) (\($0.mailboxName)): \($0.column) was written as '\($0.written)' and is '\($0.found)'."
        }
        return lines
    }

    /// How many there are of each kind: `3 cells differ, 1 row is gone`. Empty where nothing differs.
    public static func summary(_ differences: ListDifferences) -> String {
        let counts = [
            count(differences.columnsGone.count, "column is gone", "columns are gone"),
            count(differences.columnsNew.count, "column was not written", "columns were not written"),
            count(differences.rowsGone.count, "row is gone", "rows are gone"),
            count(differences.rowsNew.count, "row was not written", "rows were not written"),
            count(differences.cells.count, "cell differs", "cells differ"),
            differences.isReordered ? "the rows stand in another order" : nil,
            differences.preambleDiffers ? "the lines before the header are other ones" : nil,
        ]
        return counts.compactMap(\.self).joined(separator: ", ")
    }

    /// Where the first byte differs.
    public static func sentence(_ difference: ByteDifference) -> String {
        "the first byte that differs is byte \(difference.number), on line \(difference.line): \(words(difference.written)) was written, and \(words(difference.found)) is there"
    }

    private static func count(_ count: Int, _ one: String, _ many: String) -> String? {
        count == 0 ? nil : count == 1 ? "1 \(one)" : "\(count) \(many)"
    }

    private static func words(_ byte: UInt8?) -> String {
        guard let byte else { return "the end of the file" }
        let digits = String(byte, radix: 16, uppercase: true)
        let shown = byte > 0x20 && byte < 0x7F ? " (\(Character(Unicode.Scalar(byte))))" : ""
        return "0x\(digits.count == 1 ? "0" : "")\(digits)\(shown)"
    }
}
