internal import Glibc

/// The names beside a file under which earlier and undone contents are kept: `NAME.previous`, `NAME.previous-2` and so on.
struct SideNames {
    /// What is kept there.
    enum Kind: String {
        /// What a write replaced.
        case previous
        /// What an undo took back.
        case undone
    }

    private let file: FilePath
    private let kind: Kind

    /// The names of that kind beside `file`.
    init(_ kind: Kind, of file: FilePath) {
        self.file = file
        self.kind = kind
    }

    /// The name of that number, from 1.
    func path(_ number: Int) -> String { "\(file.string).\(kind.rawValue)" + (number == 1 ? "" : "-\(number)") }

    /// Those that are there, by their numbers.
    func existing() -> [String] {
        let start = "\(file.name).\(kind.rawValue)"
        let numbers = file.namesInFolder().compactMap { name -> Int? in
            guard name.hasPrefix(start) else { return nil }
            let rest = name.dropFirst(start.count)
            if rest.isEmpty { return 1 }
            guard rest.first == "-", let number = Int(rest.dropFirst()), number > 1, rest.dropFirst() == "\(number)" else { return nil }
            return number
        }
        return numbers.sorted().map(path)
    }

    /// Hands names to `take`, the lowest number first, until it says that it has taken one; returns that.
    func firstFree(_ take: (String) throws(FileAccessError) -> Bool) throws(FileAccessError) -> String {
        for number in 1...9999 {
            let name = path(number)
            if try take(name) { return name }
        }
        throw FileAccessError(
            .cannotCreate, path: file.string,
            reason: "9,999 \(kind.rawValue) files lie beside it already; move them to another folder and run again")
    }
}
