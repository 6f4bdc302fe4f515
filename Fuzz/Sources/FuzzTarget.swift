import Glibc

/// What is fuzzed. The first byte of an input chooses how the others are read.
enum FuzzTarget: String, CaseIterable {
    /// A user list: read, corrected, verified.
    case csv
    /// An export of a directory.
    case ldif
    /// A plan: read, shown, written again.
    case plan
    /// A profile, a kind of file and a configuration file.
    case yaml

    /// What `LDAP_RECONCILE_FUZZ` names. No argument does, because libFuzzer starts itself again with arguments of its own.
    static let chosen: FuzzTarget = {
        let name = getenv("LDAP_RECONCILE_FUZZ").map { String(cString: $0) } ?? ""
        guard let target = FuzzTarget(rawValue: name) else {
            print("LDAP_RECONCILE_FUZZ must be one of \(allCases.map(\.rawValue).joined(separator: ", "))")
            exit(64)
        }
        return target
    }()

    /// Reads one input. Ends the process where something is not as it must be.
    func run(_ input: [UInt8]) {
        guard let first = input.first else { return }
        // '0' is the usual way, so that inputs can be written by hand.
        let (choice, bytes) = (first ^ UInt8(ascii: "0"), Array(input.dropFirst()))
        switch self {
        case .csv: UserListInput(choice: choice, bytes: bytes).run()
        case .ldif: ExportInput(choice: choice, bytes: bytes).run()
        case .plan: PlanInput(choice: choice, bytes: bytes).run()
        case .yaml: YAMLInput(choice: choice, bytes: bytes).run()
        }
    }
}

/// What libFuzzer calls with each input: https://llvm.org/docs/LibFuzzer.html#fuzz-target
@_cdecl("LLVMFuzzerTestOneInput") public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// Ends the process where something does not hold. `precondition` would keep its text to itself in an optimized build.
func demand(_ holds: Bool, _ text: @autoclosure () -> String) {
    // The end of the process is how libFuzzer learns of a find.
    if !holds { fatalError(text()) }
}
