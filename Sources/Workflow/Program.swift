/// What the program is.
public enum Program {
    /// The name of the command.
    public static let name = "ldap-reconcile"
    /// The version, by semantic versioning.
    public static let version = "0.1.0"
}
