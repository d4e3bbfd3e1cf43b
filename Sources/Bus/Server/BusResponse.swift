public import Contracts

/// What a handler answers with.
public struct BusResponse: Sendable {
    enum Content: Sendable {
        case reply(body: [UInt8], attachment: [UInt8]?)
        case refusal(WireError)
    }

    let content: Content

    /// The one answer to the request: protobuf bytes, and bytes that pass through unparsed; each at most 8 MiB.
    public static func reply(_ body: [UInt8], attachment: [UInt8]? = nil) -> BusResponse {
        BusResponse(content: .reply(body: body, attachment: attachment))
    }

    /// Nothing was done. The client's call throws this error.
    public static func refusal(_ error: WireError) -> BusResponse {
        BusResponse(content: .refusal(error))
    }

    func message(answering request: BusHeader) -> BusMessage {
        switch content {
        case .reply(let body, let attachment):
            guard body.count <= FrameLimit.reply, attachment?.count ?? 0 <= FrameLimit.reply else {
                return BusResponse.refusal(.replyIsTooLarge).message(answering: request)
            }
            let kind: BusHeader.Kind = request.kind == .replayRequest ? .replay : .reply
            return BusMessage(
                header: BusHeader(kind: kind, id: request.id, trace: request.trace), body: body,
                attachment: attachment)
        case .refusal(let error):
            return BusMessage(
                header: BusHeader(kind: .busy, id: request.id, trace: request.trace), body: error.wireBytes)
        }
    }
}
