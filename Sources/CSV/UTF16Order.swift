/// Which byte of a UTF-16 unit comes first.
public enum UTF16Order: Sendable {
    case lowFirst, highFirst

    /// As the mark at the beginning says; `nil` where there is none.
    public init?(mark bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) {
            self = .lowFirst
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            self = .highFirst
        } else {
            return nil
        }
    }

    /// The units of a text, without its mark; half a unit at the end is left out.
    public func units(of bytes: [UInt8]) -> [UInt16] {
        let units = stride(from: 0, to: bytes.count - 1, by: 2).map { place in
            switch self {
            case .lowFirst: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8
            case .highFirst: UInt16(bytes[place]) << 8 | UInt16(bytes[place + 1])
            }
        }
        return units.first == 0xFEFF ? Array(units.dropFirst()) : units
    }
}
