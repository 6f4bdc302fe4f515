/// Something that goes wrong on a connection through a `FaultProxy`.
public struct Fault: Sendable {
    /// Which of the two streams of a connection.
    public enum Side: Sendable {
        /// What the server sends.
        case toClient
        /// What the client sends.
        case toServer
    }

    /// Where in the stream, as it comes from its sender.
    public enum Place: Sendable {
        /// After that many bytes; 0 is the very beginning.
        case byte(Int)
        /// `offset` bytes into the LDAP message with that number, from 1. Counts BER values: plain connections only.
        case message(Int, offset: Int = 0)
    }

    /// What happens there. Bytes before the place are delivered first.
    public enum Action: Sendable {
        /// Closes the connection on both sides.
        case cut
        /// Ends this stream, as `shutdown` does; the connection stays.
        case fin
        /// Resets the connection on both sides (RST).
        case reset
        /// Delivers nothing more on this stream; the connection stays.
        case stall
        /// Holds this stream up for so long.
        case delay(Duration)
        /// Loses that many bytes.
        case drop(Int)
        /// Delivers the next so many bytes twice.
        case duplicate(Int)
        /// Changes the next byte by exclusive or.
        case xor(UInt8)
    }

    /// What happens.
    public var action: Action
    /// Where.
    public var place: Place
    /// On which stream.
    public var side: Side

    /// A fault from its parts; on the server's answers unless told otherwise.
    public init(_ action: Action, at place: Place, side: Side = .toClient) {
        self.action = action
        self.place = place
        self.side = side
    }
}
