public import Contracts

/// One message of the bus: header, protobuf body and, when the kind has one, bytes that pass through unparsed.
public struct BusMessage: Hashable, Sendable {
    public var header: BusHeader
    public var body: [UInt8]
    public var attachment: [UInt8]?

    public init(header: BusHeader, body: [UInt8], attachment: [UInt8]? = nil) {
        self.header = header
        self.body = body
        self.attachment = attachment
    }

    /// Whether both ask for the same thing, whoever sent them and however often.
    func asksTheSame(as other: BusMessage) -> Bool {
        header.kind == other.header.kind && body == other.body && attachment == other.attachment
    }
}

public typealias BusRequest = BusMessage
public typealias BusReply = BusMessage

/// What a message may weigh, a frame. Beyond it libzmq cuts the connection, so senders check first.
enum FrameLimit {
    static let request = 1 << 20
    static let reply = 8 << 20
}
