public import SwiftProtobuf

// Processes use these and not the protobuf library itself, so that only this target depends on it.
extension Message {
    /// A message with the fields that the closure sets.
    public static func make(_ fill: (inout Self) throws -> Void) rethrows -> Self {
        var message = Self()
        try fill(&message)
        return message
    }

    /// The protobuf encoding: frame 1 of a bus message. The same message gives the same bytes.
    public var wireBytes: [UInt8] {
        var options = BinaryEncodingOptions()
        options.useDeterministicOrdering = true
        do {
            return try serializedBytes(options: options)
        } catch {
            // Encoding a proto3 message without `Any` fails only beyond 2 GiB, and frames end at 8 MiB.
            preconditionFailure("\(Self.protoMessageName) cannot be encoded: \(error)")
        }
    }

    /// Decodes frame 1 of a bus message; bytes that are no such message are an `invalid_argument`.
    public init(wireBytes: [UInt8]) throws(WireError) {
        do {
            try self.init(serializedBytes: wireBytes)
        } catch {
            throw WireError(.invalidArgument, "The message is not a valid \(Self.protoMessageName).")
        }
    }
}
