/// Ways to make a short name of a given name and a surname.
struct ShortNameForms: OptionSet {
    let rawValue: UInt8
    /// `jsmith`
    static let initialSurname = ShortNameForms(rawValue: 1)
    /// `smithj`
    static let surnameInitial = ShortNameForms(rawValue: 2)
    /// `johns`
    static let givenInitial = ShortNameForms(rawValue: 4)
    /// `johnsmith`, `john.smith`
    static let givenSurname = ShortNameForms(rawValue: 8)
    /// `smithjohn`
    static let surnameGiven = ShortNameForms(rawValue: 16)
    /// `john`
    static let given = ShortNameForms(rawValue: 32)
    /// `smith`
    static let surname = ShortNameForms(rawValue: 64)

    init(rawValue: UInt8) { self.rawValue = rawValue }
}

extension ShortNameForms {
    /// The names that short names are made of, folded; their dropped spellings stand on the desk.
    struct Parts {
        fileprivate let otherGiven: [UInt8]?
        fileprivate let otherSurname: [UInt8]?

        /// `nil` where one is missing.
        init?(given: String, surname: String, _ desk: inout FoldingDesk) {
            guard !given.isEmpty, !surname.isEmpty else { return nil }
            desk.given.foldJoined(given)
            desk.surname.foldJoined(surname)
            otherGiven = desk.given.hasOtherSpelling ? Folding.joined(given).last : nil
            otherSurname = desk.surname.hasOtherSpelling ? Folding.joined(surname).last : nil
        }
    }

    /// The forms that make this short name, its number apart; a name of seven letters and more may be cut, at its end or, where a letter stands behind a
    /// name, before that one: MS Mail has ten letters for a mailbox name, and FEATHERSTJ is Featherstone's.
    init(of name: Span<UInt8>, _ parts: Parts, _ desk: borrowing FoldingDesk) {
        var end = name.count
        while end > 0, name[end - 1] <= UInt8(ascii: "9") { end -= 1 }
        let stem = name.extracting(first: end)
        self.init(stem, desk.given.bytes.span, desk.surname.bytes.span)
        if let given = parts.otherGiven { formUnion(Self(stem, given.span, desk.surname.bytes.span)) }
        if let surname = parts.otherSurname { formUnion(Self(stem, desk.given.bytes.span, surname.span)) }
        if let given = parts.otherGiven, let surname = parts.otherSurname { formUnion(Self(stem, given.span, surname.span)) }
    }

    private init(_ stem: Span<UInt8>, _ given: Span<UInt8>, _ surname: Span<UInt8>) {
        self = []
        guard !given.isEmpty, !surname.isEmpty else { return }
        if Self.isMade(stem, of: given.extracting(first: 1), surname) { insert(.initialSurname) }
        if Self.isMade(stem, of: surname, given.extracting(first: 1)) { insert(.surnameInitial) }
        if Self.isMade(stem, of: given, surname.extracting(first: 1)) { insert(.givenInitial) }
        if Self.isMade(stem, of: given, surname) { insert(.givenSurname) }
        if Self.isMade(stem, of: surname, given) { insert(.surnameGiven) }
        if stem.count == given.count, stem.hasSameStart(as: given) { insert(.given) }
        if stem.count == surname.count, stem.hasSameStart(as: surname) { insert(.surname) }
    }

    private static func isMade(_ stem: Span<UInt8>, of first: Span<UInt8>, _ second: Span<UInt8>) -> Bool {
        let length = first.count + second.count
        guard stem.count == length || (stem.count >= 7 && stem.count < length) else { return false }
        if second.count == 1, stem.count <= first.count, stem[stem.count - 1] == second[0],
            stem.extracting(droppingLast: 1).hasSameStart(as: first)
        {
            return true
        }
        return stem.hasSameStart(as: first)
            && (stem.count <= first.count || stem.extracting(first.count..<stem.count).hasSameStart(as: second))
    }
}

extension Span<UInt8> {
    /// Whether the shorter of both is the beginning of the longer.
    fileprivate func hasSameStart(as other: Span<UInt8>) -> Bool {
        for index in 0..<Swift.min(count, other.count) where self[index] != other[index] { return false }
        return true
    }
}
