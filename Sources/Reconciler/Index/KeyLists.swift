import Synchronization

/// Lists of keys with their members, each of which is taken once, so that its memory is given back as soon as its index has been made: together they are as
/// large as the indexes.
final class KeyLists: Sendable {
    /// A key, and a row or recipient that has it.
    typealias List = [(key: Key, member: Int32)]

    private let lists: Mutex<[List]>

    /// The lists; who hands them over keeps none of them.
    init(_ lists: consuming [List]) { self.lists = Mutex(lists) }

    /// A list; empty when it has been taken.
    func take<Name: RawRepresentable<Int>>(_ name: Name) -> List {
        let place = name.rawValue
        return lists.withLock { lists in
            defer { lists[place] = [] }
            return lists[place]
        }
    }
}
