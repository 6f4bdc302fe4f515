/// A log as Windows itself keeps it, which is no text.
public enum BinaryLog: String, Sendable {
    /// Of Windows NT, 2000, XP and 2003.
    case evt
    /// Of later ones.
    case evtx

    /// Which of them the bytes are; `nil` for anything else.
    public init?(_ bytes: [UInt8]) {
        if bytes.starts(with: Array("ElfFile\0".utf8)) {
            self = .evtx
        } else if bytes.dropFirst(4).starts(with: "LfLe".utf8) {
            self = .evt
        } else {
            return nil
        }
    }
}
