// swift-tools-version: 6.2
// One line for each target, however long:
// swift-format-ignore-file
import PackageDescription

// The manifest is the picture of the program: one line for each target, in the order in which the data flows.
// `swift build --explicit-target-dependency-import-check error` holds the arrows.

/// Settings of every target of ours.
let strict: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
    .enableUpcomingFeature("ExistentialAny"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
    .enableUpcomingFeature("InternalImportsByDefault"),
    // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
    .enableUpcomingFeature("MemberImportVisibility"),
]
/// Settings of the targets that touch C memory: https://github.com/swiftlang/swift-evolution/blob/main/proposals/0458-strict-memory-safety.md
let strictMemory: [SwiftSetting] = strict + [.strictMemorySafety()]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "ldap-reconcile",
    products: [.executable(name: "ldap-reconcile", targets: ["ldap-reconcile"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        // Ground: text as bytes, work on several processors
        .target(name: "Texts", swiftSettings: strict),
        .target(name: "Parallel", swiftSettings: strict),

        // What the program talks about
        .systemLibrary(name: "CPrefetch"),
        .target(name: "Records", dependencies: ["Texts", "CPrefetch"], swiftSettings: strict),

        // Configuration: YAML whose every key is known, with line and column of what is wrong
        .target(name: "StrictYAML", dependencies: [yams], swiftSettings: strict),

        // The directory's side
        .systemLibrary(name: "CLibLDAP", pkgConfig: "ldap", providers: [.apt(["libldap2-dev"])]),
        .systemLibrary(name: "CResolver"),
        .target(name: "LDAPClient", dependencies: ["CLibLDAP", "CResolver"], swiftSettings: strictMemory),
        .target(
            name: "DirectorySource", dependencies: ["Records", "Texts", "LDAPClient", "StrictYAML", "Parallel"], resources: [.embedInCode("Profiles")],
            swiftSettings: strict),

        // The file's side
        .target(name: "CSV", swiftSettings: strict),
        .systemLibrary(name: "CFileSystem"),
        .target(
            name: "MigrationFile", dependencies: ["Records", "CSV", "CFileSystem", "Parallel", "StrictYAML"],
            resources: [.embedInCode("Kinds/Files")], swiftSettings: strict),

        // What the importer logged
        .target(name: "EventLog", dependencies: ["Records", "CSV"], swiftSettings: strict),

        // The decision, and what is kept of it
        .target(name: "Reconciler", dependencies: ["Records", "Texts", "Parallel", "CPrefetch"], swiftSettings: strict),
        .target(name: "PlanFormat", dependencies: ["Records", "Texts"], swiftSettings: strict),
        .target(name: "Reporting", dependencies: ["Records", "Texts"], swiftSettings: strict),

        // The steps in order, and the command line
        .systemLibrary(name: "CNettle", pkgConfig: "nettle", providers: [.apt(["nettle-dev"])]),
        .target(
            name: "Workflow",
            dependencies: [
                "Records", "DirectorySource", "LDAPClient", "CSV", "MigrationFile", "EventLog", "Reconciler", "PlanFormat", "Reporting", "Parallel", "Texts", "CNettle",
                "StrictYAML",
            ],
            swiftSettings: strict),
        .systemLibrary(name: "CMalloc"),
        .executableTarget(name: "ldap-reconcile", dependencies: ["Workflow", "CMalloc", argumentParser], swiftSettings: strict),

        // How long decisions take, with nothing else around them: Benchmarks/decisions/run
        .executableTarget(
            name: "decision-benchmark", dependencies: ["Records", "DirectorySource", "MigrationFile", "Reconciler", "CMalloc"], path: "Benchmarks/decisions", exclude: ["run"],
            sources: ["main.swift"], swiftSettings: strict),

        // Tests: one suite for each module, real servers from TestSupport
        .target(name: "CTestSupport", path: "Tests/CTestSupport"),
        .target(name: "TestSupport", dependencies: ["CTestSupport", "Records"], path: "Tests/TestSupport", resources: [.embedInCode("Resources")], swiftSettings: strict),
        .testTarget(name: "TestSupportTests", dependencies: ["TestSupport", "Records"], swiftSettings: strict),
        .testTarget(name: "TextsTests", dependencies: ["Texts"], swiftSettings: strict),
        .testTarget(name: "RecordsTests", dependencies: ["Records"], swiftSettings: strict),
        .testTarget(name: "EventLogTests", dependencies: ["EventLog", "Records"], swiftSettings: strict),
        .testTarget(name: "StrictYAMLTests", dependencies: ["StrictYAML"], swiftSettings: strict),
        .testTarget(name: "LDAPClientTests", dependencies: ["LDAPClient", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "DirectorySourceTests", dependencies: ["DirectorySource", "Records", "LDAPClient", "TestSupport", "CTestSupport"], swiftSettings: strict),
        .testTarget(name: "CSVTests", dependencies: ["CSV", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "MigrationFileTests", dependencies: ["StrictYAML", "MigrationFile", "CSV", "Records", "CFileSystem"], swiftSettings: strict),
        .testTarget(name: "ParallelTests", dependencies: ["Parallel"], swiftSettings: strict),
        .testTarget(name: "ReconcilerTests", dependencies: ["Reconciler", "Records", "CSV"], resources: [.embedInCode("Traps.csv")], swiftSettings: strict),
        .testTarget(name: "PlanFormatTests", dependencies: ["PlanFormat", "Records"], swiftSettings: strict),
        .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Records"], swiftSettings: strict),
        .testTarget(name: "WorkflowTests", dependencies: ["Workflow", "CSV", "EventLog", "LDAPClient", "Reconciler", "Records", "TestSupport"], swiftSettings: strict),
        .testTarget(name: "EndToEndTests", dependencies: ["TestSupport"], exclude: ["Cases"], swiftSettings: strict),
    ]
)

// One suite by itself, optimized: Benchmarks/laws/run. (The optimizer of Swift 6.3.1 ends in an assertion over LDAPClientTests.)
if let only = Context.environment["LDAP_RECONCILE_ONLY_TESTS"] { package.targets.removeAll { $0.type == .test && $0.name != only } }

// The readers under libFuzzer: scripts/fuzz. Needs the sanitizer that only that script asks for.
if Context.environment["LDAP_RECONCILE_FUZZ_BUILD"] != nil {
    package.targets += [
        .executableTarget(
            name: "fuzz", dependencies: ["CSV", "MigrationFile", "DirectorySource", "PlanFormat", "Reporting", "Records", "StrictYAML"], path: "Fuzz/Sources",
            swiftSettings: strict),
    ]
}
