public import Contracts

/// What goes back over the bus: the reply, and the structured result as finished JSON.
public struct CommandAnswer: Hashable, Sendable {
    /// The stored result or the fresh one; `replayed` says which.
    public var reply: WireCommandReply
    /// One JSON object; nil: the reply is an error.
    public var attachment: [UInt8]?

    init(_ error: WireError, auditSequence: UInt64 = 0, replayed: Bool = false) {
        reply = WireCommandReply()
        reply.error = error
        reply.auditSequence = auditSequence
        reply.replayed = replayed
    }

    init(_ answer: WireToolAnswer, attachment: [UInt8], auditSequence: UInt64, replayed: Bool) {
        reply = WireCommandReply()
        reply.answer = answer
        reply.auditSequence = auditSequence
        reply.replayed = replayed
        self.attachment = attachment
    }
}
