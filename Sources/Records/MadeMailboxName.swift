/// What Exchange makes of a recipient's names for the `MS` address that every recipient gets (KB Q153028): a mailbox name of at most 10
/// letters, with a number when it is taken.
public enum MadeMailboxName {
    /// The share of such names from which on a NET/PO is taken for Exchange's own, which says nothing about MS Mail.
    public static let shareOfOwnPostoffice = 0.8

    /// Whether `name`, its number apart, begins `source`, letters and digits only and without case, and is all of it or was cut.
    public static func isMade(_ name: Span<UInt8>, of source: Span<UInt8>) -> Bool {
        var stem = name.count
        while stem > 0, name[stem - 1] &- UInt8(ascii: "0") < 10 { stem -= 1 }
        if stem == 0 { stem = name.count }
        var place = 0
        for index in source.indices where isNameByte(source[index]) {
            if place == stem { return name.count >= 8 || source[index] <= UInt8(ascii: "9") }
            if name[place] | 0x20 != source[index] | 0x20 { return false }
            place += 1
        }
        return place == stem && stem > 0
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte &- UInt8(ascii: "0") < 10 || byte >= 0x80
    }
}
