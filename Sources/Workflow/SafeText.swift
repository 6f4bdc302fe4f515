internal import Reporting

/// Text from files and servers, made safe to show.
public enum SafeText {
    /// The text with control characters, which could rewrite a screen, and invisible or reordering ones spelled as `\\u{…}`.
    public static func printable(_ text: String) -> String { text.printable }
}
