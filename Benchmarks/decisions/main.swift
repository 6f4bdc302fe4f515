internal import CMalloc
internal import DirectorySource
internal import Foundation
internal import Glibc
internal import MigrationFile
internal import Reconciler
internal import Records

// How long decisions take with both sides in memory: `decision-benchmark USERS.csv DIRECTORY.ldif [RUNS]`.
//
// Prints the numbers of rows and entries, then for each run the seconds of wall and processor time from the rows and recipients to the decided
// rows, folding and indexing included, reading and wording not; at the end the peak of memory in all.

/// Seconds of a clock.
func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

// As the program does, so that what is let go is given back (Sources/ldap-reconcile/Surroundings.swift).
mallopt(M_MMAP_THRESHOLD, 192 << 10)
mallopt(M_TRIM_THRESHOLD, 1 << 20)

let arguments = CommandLine.arguments
guard arguments.count >= 3 else {
    print("usage: decision-benchmark USERS.csv DIRECTORY.ldif [RUNS]")
    exit(64)
}
guard let profile = try ProfileReader.shipped("exchange55") else {
    print("decision-benchmark: the profile exchange55, which the program brings, is not there")
    exit(70)
}
let file = try MigrationFile.read(bytes: FileReading.bytes(at: arguments[1]), name: arguments[1])
let snapshot = try LDIFDirectory(path: arguments[2], base: nil, profile: .profile(profile)).read { _ in }
print("\(file.rows.count) rows, \(snapshot.recipients.count) recipients, \(ProcessInfo.processInfo.activeProcessorCount) processors")
for _ in 0..<(arguments.count > 3 ? Int(arguments[3]) ?? 5 : 5) {
    let (wall, own) = (seconds(CLOCK_MONOTONIC), seconds(CLOCK_PROCESS_CPUTIME_ID))
    let reconciler = Reconciler()
    let deliberation = reconciler.deliberate(reconciler.prepare(file.rows), snapshot: snapshot)
    let certain = file.rows.indices.count { deliberation.outcome($0).situation == .certain }
    print(
        String(
            format: "%.3f s, %.3f s of processor time; %d certain", seconds(CLOCK_MONOTONIC) - wall,
            seconds(CLOCK_PROCESS_CPUTIME_ID) - own, certain))
}
var usage = rusage()
getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
print("peak \(usage.ru_maxrss / 1024) MB")
