public import Records

/// What a migration file is, as text.
public enum FileReport {
    /// What was found out about a file.
    public struct Facts: Sendable, Encodable {
        /// The path as given.
        public var file: String
        /// Bytes.
        public var size: Int
        /// The code page, and why that one.
        public var encoding, encodingEvidence: String
        /// The dialect in words, and why that one.
        public var dialect: String
        /// Why that dialect, in sentences.
        public var dialectEvidence: [String]
        /// Lines before the header.
        public var preamble: [String]
        /// The header's line, from 1.
        public var headerLine: Int
        /// The columns as the header spells them.
        public var columns: [String]
        /// How many data rows.
        public var rows: Int
        /// The postoffices that rows name in addresses of their own.
        public var postoffices: [String]
        /// The postoffice that the preamble names, and where; empty when it names none.
        public var preamblePostoffice: String
        /// What is wrong with single rows; at the end, Common-Names that several rows have.
        public var problems: [RowProblem]
        /// How many of the problems those at the end are.
        public var sharedCommonNames: Int

        /// Facts from their parts.
        public init(
            file: String, size: Int, encoding: String, encodingEvidence: String, dialect: String, dialectEvidence: [String],
            preamble: [String],
            headerLine: Int, columns: [String], rows: Int, postoffices: [String], preamblePostoffice: String, problems: [RowProblem],
            sharedCommonNames: Int
        ) {
            self.file = file
            self.size = size
            self.encoding = encoding
            self.encodingEvidence = encodingEvidence
            self.dialect = dialect
            self.dialectEvidence = dialectEvidence
            self.preamble = preamble
            self.headerLine = headerLine
            self.columns = columns
            self.rows = rows
            self.postoffices = postoffices
            self.preamblePostoffice = preamblePostoffice
            self.problems = problems
            self.sharedCommonNames = sharedCommonNames
        }
    }

    /// The facts as a page.
    public static func text(of facts: Facts, ink: Ink, width: Int? = nil) -> String {
        var page = Page(ink.bold("File \(facts.file.printable)") + " (\(facts.size) bytes)", width: width)
        page.add("encoding", "\(facts.encoding): \(facts.encodingEvidence)")
        page.add("dialect", facts.dialect)
        page.add(
            "preamble",
            facts.preamble.isEmpty
                ? "none" : "\(facts.preamble.count) line\(facts.preamble.count == 1 ? "" : "s") before the header, kept as they are")
        page.add(
            "postoffice",
            facts.postoffices.isEmpty
                ? facts.preamblePostoffice : facts.postoffices.prefix(5).joined(separator: ", ") + more(facts.postoffices.count - 5))
        page.add("columns", facts.columns.joined(separator: ", "))
        page.add("rows", "\(facts.rows), header on line \(facts.headerLine)")
        if facts.problems.isEmpty { page.add("problems", "none") }
        let shared = facts.problems.suffix(facts.sharedCommonNames)
        add(facts.problems.dropLast(shared.count), of: facts, limit: 50, "problems", to: &page, ink)
        add(shared, of: facts, limit: 20, "rows that share a Common-Name", to: &page, ink)
        return page.text
    }

    private static func add(
        _ problems: ArraySlice<RowProblem>, of facts: Facts, limit: Int, _ what: String, to page: inout Page, _ ink: Ink
    ) {
        for problem in problems.prefix(limit) {
            let column = problem.position.column.map { ":\($0)" } ?? ""
            page.add(line: "  " + ink.red("\(facts.file.printable):\(problem.position.line)\(column)") + ": \(problem.text.printable)")
        }
        if problems.count > limit { page.add(line: "  … and \(problems.count - limit) more \(what); --json has them all") }
    }

    private static func more(_ count: Int) -> String { count > 0 ? " and \(count) more" : "" }
}
