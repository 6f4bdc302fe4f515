internal import Foundation
internal import Records

/// Names of files that are written, made of others.
enum OutputName {
    /// `users.csv` becomes `users.corrected.csv`; what has no suffix gets the word at its end.
    static func inserting(_ word: String, into path: String) -> String {
        guard let dot = path.lastIndex(of: "."), dot > path.startIndex, !path[dot...].contains("/"), path[path.index(before: dot)] != "/"
        else {
            return path + "." + word
        }
        return path[..<dot] + "." + word + path[dot...]
    }

    /// The files beside `path` that are called as it is with one word more, by name.
    static func others(like path: String) -> [String] {
        let mark = "\u{0}"
        let parts = inserting(mark, into: path).components(separatedBy: mark)
        let folder = path.contains("/") ? String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)]) : "."
        let start = path.contains("/") ? folder + "/" : ""
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "/" : folder)) ?? []
        return names.map { start + $0 }.filter {
            $0.hasPrefix(parts[0]) && $0.hasSuffix(parts[1]) && $0.count > parts[0].count + parts[1].count
                && !$0.hasSuffix(".applied.jsonl")
        }.sorted()
    }

    /// A word for each container, by its DN: what stands in it from the site down, in letters that every file system takes
    /// (`BRISTOL-Recipients`). No two get the same one, whatever the case of letters.
    static func words(ofContainers dns: [String]) -> [String: String] {
        var words: [String: String] = [:]
        var taken: Set<String> = ["new", "rest"]
        for dn in dns.sorted() {
            let word = word(ofContainer: dn)
            var (unique, number) = (word, 2)
            while !taken.insert(unique.lowercased()).inserted {
                unique = "\(word)-\(number)"
                number += 1
            }
            words[dn] = unique
        }
        return words
    }

    private static let longest = 60

    private static func word(ofContainer dn: String) -> String {
        let parts = DistinguishedName(dn).parts.reversed().filter { part in
            !["o=", "dc=", "c="].contains { part.lowercased().hasPrefix($0) }
        }
        let values = parts.map { DistinguishedName.leafValue(of: String($0)) }
        let text = values.joined(separator: "-").unicodeScalars.map { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_" ? String(scalar) : "_"
        }.joined()
        let word = String(text.prefix(longest))
        return word.isEmpty ? "container" : word
    }
}
