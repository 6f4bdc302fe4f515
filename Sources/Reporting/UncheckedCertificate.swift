/// What a report says where the server's certificate was not checked: whoever reads it is to know by whom it could have been made.
public enum UncheckedCertificate {
    /// One sentence with the reason, safe to print.
    public static func words(_ reason: String) -> String { "Certificate NOT checked: \(reason.printable)." }
}
