/// Deleted entries, which Active Directory shows to who asks for them and may see their container ([MS-ADTS] 3.1.1.3.4.1.14).
public enum DeletedEntries {
    /// The control that asks for them.
    public static let control = "1.2.840.113556.1.4.417"
}
