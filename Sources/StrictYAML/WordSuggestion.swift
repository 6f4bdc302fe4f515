/// Which word was meant by one that is not known: for keys, variables and commands alike.
public enum WordSuggestion {
    /// The known word with the fewest changed letters, if that is at most two and fewer than half.
    public static func nearest(to word: String, among known: [String]) -> String? {
        let word = word.lowercased()
        let best = known.map { (distance(word, $0.lowercased()), $0) }.min { $0.0 < $1.0 }
        guard let best, best.0 <= 2, best.0 * 2 < word.count else { return nil }
        return best.1
    }

    /// Levenshtein's distance, but two letters that changed places count once: the commonest slip of all.
    private static func distance(_ first: String, _ second: String) -> Int {
        let first = Array(first)
        let second = Array(second)
        var before = [Int](repeating: 0, count: second.count + 1)
        var row = Array(0...second.count)
        for (i, letter) in first.enumerated() {
            var next = [i + 1]
            for (j, other) in second.enumerated() {
                var best = min(row[j] + (letter == other ? 0 : 1), row[j + 1] + 1, next[j] + 1)
                if i > 0, j > 0, letter == second[j - 1], first[i - 1] == other { best = min(best, before[j - 1] + 1) }
                next.append(best)
            }
            before = row
            row = next
        }
        return row[second.count]
    }
}
