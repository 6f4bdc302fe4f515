import Foundation

/// Where this build put the program under test.
public enum BuiltProgram {
    /// The path of `ldap-reconcile`: beside the test bundle, which is this process's own executable on Linux.
    ///
    /// `LDAP_RECONCILE_PROGRAM` names another one, to run the end-to-end tests on a release build.
    public static func path() throws -> String {
        if let told = ProcessInfo.processInfo.environment["LDAP_RECONCILE_PROGRAM"] { return told }
        let bundle = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let path = (bundle as NSString).deletingLastPathComponent + "/ldap-reconcile"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw TestSupportError("\(path) is missing: build the whole package first (swift build --build-tests)")
        }
        return path
    }
}
