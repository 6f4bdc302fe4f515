import Records
import Texts

/// One kind of evidence: when it holds for a row and a recipient, and how a person can check it.
///
/// A new kind is a file here, a case of `Fact` and a line each in `Fact.holds` and `Fact.piece`.
protocol Piece: Sendable {
    /// The stable name that plans and the documentation use.
    static var name: String { get }
    /// What the fact is worth.
    static var force: Evidence.Force { get }
    /// Whether it holds. `pair.facts` has the facts before it in the order of `Fact`.
    static func holds(_ pair: Pair) -> Bool
    /// Adds the fact in words, for a pair for which it holds.
    static func write(_ pair: Pair, to text: inout TextBuffer)
}

/// Every kind of evidence, strongest first, those against last: the order in which they are looked for and shown.
enum Fact: UInt8 {
    case explicitMap, migrateAddress, msAddress, uniqueKey, employeeNumber
    case formerMailboxName, fullName, familiarName, partialName, misspeltName, sharedWord, initialAndSurname, surname, alias, directoryName,
        carriedOver,
        middleInitial, home, homeDepartment,
        onlyBearer
    case otherNames, otherNumber, unknownSurname, otherGivenName, otherMiddleInitial, otherSuffix, loneSuffix, otherMailbox, otherHome,
        sameName, namesake,
        nearName

    /// Every fact, in order.
    static var all: some Sequence<Fact> { (Fact.explicitMap.rawValue...Fact.nearName.rawValue).lazy.compactMap(Fact.init(rawValue:)) }

    /// Whether the fact holds: what its file in this folder says, called directly, since every pair asks for every fact.
    func holds(_ pair: Pair) -> Bool {
        switch self {
        case .explicitMap: ExplicitMap.holds(pair)
        case .migrateAddress: MigrateAddress.holds(pair)
        case .msAddress: MSAddress.holds(pair)
        case .uniqueKey: UniqueKey.holds(pair)
        case .employeeNumber: EmployeeNumber.holds(pair)
        case .formerMailboxName: FormerMailboxName.holds(pair)
        case .fullName: FullName.holds(pair)
        case .familiarName: FamiliarName.holds(pair)
        case .partialName: PartialName.holds(pair)
        case .misspeltName: MisspeltName.holds(pair)
        case .sharedWord: SharedWord.holds(pair)
        case .initialAndSurname: InitialAndSurname.holds(pair)
        case .surname: Surname.holds(pair)
        case .alias: Alias.holds(pair)
        case .directoryName: DirectoryName.holds(pair)
        case .carriedOver: CarriedOver.holds(pair)
        case .middleInitial: MiddleInitial.holds(pair)
        case .home: HomeContainer.holds(pair)
        case .homeDepartment: HomeDepartment.holds(pair)
        case .onlyBearer: OnlyBearer.holds(pair)
        case .otherNames: OtherNames.holds(pair)
        case .otherNumber: OtherNumber.holds(pair)
        case .unknownSurname: UnknownSurname.holds(pair)
        case .otherGivenName: OtherGivenName.holds(pair)
        case .otherMiddleInitial: OtherMiddleInitial.holds(pair)
        case .otherSuffix: OtherSuffix.holds(pair)
        case .loneSuffix: LoneSuffix.holds(pair)
        case .otherMailbox: OtherMailbox.holds(pair)
        case .otherHome: OtherHome.holds(pair)
        case .sameName: SameName.holds(pair)
        case .namesake: Namesake.holds(pair)
        case .nearName: NearName.holds(pair)
        }
    }

    /// The file in this folder that knows the fact.
    var piece: any Piece.Type {
        switch self {
        case .explicitMap: ExplicitMap.self
        case .migrateAddress: MigrateAddress.self
        case .msAddress: MSAddress.self
        case .uniqueKey: UniqueKey.self
        case .employeeNumber: EmployeeNumber.self
        case .formerMailboxName: FormerMailboxName.self
        case .fullName: FullName.self
        case .familiarName: FamiliarName.self
        case .partialName: PartialName.self
        case .misspeltName: MisspeltName.self
        case .sharedWord: SharedWord.self
        case .initialAndSurname: InitialAndSurname.self
        case .surname: Surname.self
        case .alias: Alias.self
        case .directoryName: DirectoryName.self
        case .carriedOver: CarriedOver.self
        case .middleInitial: MiddleInitial.self
        case .home: HomeContainer.self
        case .homeDepartment: HomeDepartment.self
        case .onlyBearer: OnlyBearer.self
        case .otherNames: OtherNames.self
        case .otherNumber: OtherNumber.self
        case .unknownSurname: UnknownSurname.self
        case .otherGivenName: OtherGivenName.self
        case .otherMiddleInitial: OtherMiddleInitial.self
        case .otherSuffix: OtherSuffix.self
        case .loneSuffix: LoneSuffix.self
        case .otherMailbox: OtherMailbox.self
        case .otherHome: OtherHome.self
        case .sameName: SameName.self
        case .namesake: Namesake.self
        case .nearName: NearName.self
        }
    }
}

/// The facts that hold for a row and a recipient.
struct Facts: OptionSet {
    let rawValue: UInt32

    init(rawValue: UInt32) { self.rawValue = rawValue }

    // The set of these facts: one initializer for each number of them, so that sets of known facts are numbers before the program runs.
    @inline(__always) init(_ one: Fact) { rawValue = 1 << UInt32(one.rawValue) }
    @inline(__always) init(_ one: Fact, _ two: Fact) { rawValue = Facts(one).rawValue | Facts(two).rawValue }
    @inline(__always) init(_ one: Fact, _ two: Fact, _ three: Fact) { rawValue = Facts(one, two).rawValue | Facts(three).rawValue }
    @inline(__always) init(_ one: Fact, _ two: Fact, _ three: Fact, _ four: Fact) {
        rawValue = Facts(one, two).rawValue | Facts(three, four).rawValue
    }
    @inline(__always) init(_ one: Fact, _ two: Fact, _ three: Fact, _ four: Fact, _ five: Fact) {
        rawValue = Facts(one, two, three).rawValue | Facts(four, five).rawValue
    }

    /// Adds a fact.
    mutating func insert(_ fact: Fact) { self = Facts(rawValue: rawValue | 1 << UInt32(fact.rawValue)) }

    /// The facts, in order.
    @inline(__always) func forEach(_ body: (Fact) -> Void) {
        var rest = rawValue
        while let fact = Fact(rawValue: UInt8(rest.trailingZeroBitCount)), rest != 0 {
            body(fact)
            rest &= rest - 1
        }
    }

    /// Whether the fact holds.
    func has(_ fact: Fact) -> Bool { rawValue & (1 << UInt32(fact.rawValue)) != 0 }

    /// How many facts speak for somebody, less how many speak against.
    var balance: Int { rawValue.nonzeroBitCount - 2 * intersection(.against).rawValue.nonzeroBitCount }

    /// All but those that are looked for last.
    static let askedAtOnce = Fact.all.reduce(into: Facts()) { if $1 != .nearName { $0.insert($1) } }
    /// The facts by which a mailbox is known without its names.
    static var identifying: Facts { Facts(.explicitMap, .migrateAddress, .msAddress, .uniqueKey, .employeeNumber) }
    /// The names, given name and surname, in full.
    static var wholeNames: Facts { Facts(.fullName, .familiarName, .partialName) }
    /// The short names.
    static var shortName: Facts { Facts(.alias, .directoryName) }
    /// What speaks against.
    static var against: Facts {
        Facts(.otherNames, .otherNumber, .otherGivenName, .otherMiddleInitial, .otherSuffix)
            .union(Facts(.loneSuffix, .otherMailbox, .otherHome, .sameName, .namesake))
            .union(Facts(.nearName, .unknownSurname))
    }
}
