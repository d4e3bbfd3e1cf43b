public import SwiftProtobuf

/// A body of the bus: what frame 1 holds.
///
/// Processes use this and not the protobuf library itself, so that only this target depends on it.
public protocol WireMessage: Sendable {
    /// - Throws: `WireDecodingFailure` when the bytes are not such a message. Unknown fields are kept, not refused.
    init(wireBytes: [UInt8]) throws(WireDecodingFailure)

    /// The message as bytes; the same message gives the same bytes.
    var wireBytes: [UInt8] { get }
}

/// A body that cannot be read.
public struct WireDecodingFailure: Error, Hashable, Sendable {
    /// The message's type.
    public let type: String
}

extension WireMessage where Self: SwiftProtobuf.Message {
    public init(wireBytes: [UInt8]) throws(WireDecodingFailure) {
        do {
            try self.init(serializedBytes: wireBytes)
        } catch {
            throw WireDecodingFailure(type: Self.protoMessageName)
        }
    }

    public var wireBytes: [UInt8] {
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        do {
            return try serializedBytes(options: options)
        } catch {
            // Proto3 has no required fields and our messages have no extensions: encoding has nothing to fail on.
            preconditionFailure("\(Self.protoMessageName) cannot be encoded")
        }
    }
}

extension WireAuditRecord: WireMessage {}
extension WireCommand: WireMessage {}
extension WireCommandReply: WireMessage {}
extension WireError: WireMessage {}
extension WireEvent: WireMessage {}
extension WireEventHeartbeat: WireMessage {}
extension WireEventReplay: WireMessage {}
extension WireEventReplayRequest: WireMessage {}
extension WireQuery: WireMessage {}
extension WireQueryReply: WireMessage {}
extension WireRecordAcknowledgement: WireMessage {}
extension WireRecordBatch: WireMessage {}
extension WireModerationContext: WireMessage {}
