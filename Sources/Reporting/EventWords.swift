internal import Records

extension LoggedEvent {
    /// So much of a text is shown, in scalars: the documented ones are a sentence or two.
    private static let mostScalars = 500

    /// What the log says of it, safe to print; of a very long text the beginning, and how much more there is.
    var shownText: String {
        let more = text.unicodeScalars.count - Self.mostScalars
        guard more > 0 else { return text.printable }
        return "\(String(text.unicodeScalars.prefix(Self.mostScalars)).printable)… (\(more) characters more)"
    }
}

extension MissingEvent {
    /// What is missing, and why that need not mean much.
    var words: String {
        let others = nameless == 1 ? "; 1 such event of the log names no row" : "; \(nameless) such events of the log name no row"
        return "\(source) \(id), which the forecast has\(nameless == 0 ? "" : others). The log may be of another run."
    }
}
