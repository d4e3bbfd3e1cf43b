public import Contracts

/// What the executor does in Discord and, after a crash, reads from it. The real one is ``RESTDiscordActions``.
///
/// Every verb may be called again with the same values without a second effect.
public protocol DiscordActions: Sendable {
    /// Posts without pinging anybody. A second post with the same tag, within minutes, gives the first message.
    func post(
        _ draft: MessageDraft, tag: CommandTag, deadline: CommandDeadline
    ) async throws(DiscordFailure) -> PostedMessage

    /// Carries out any effect but a post. `auditReason` is at most 512 characters.
    func carryOut(_ effect: PlannedEffect, auditReason: String, deadline: CommandDeadline) async throws(DiscordFailure)

    /// Whether an effect happened, from what Discord shows now.
    func look(for effect: PlannedEffect, tag: CommandTag, since createdAt: Int64) async -> Finding

    /// Who wrote a message; nil: there is no such message.
    func author(of message: Snowflake, in channel: Snowflake) async throws(DiscordFailure) -> Snowflake?
}

/// When a command's caller stops waiting, in unix milliseconds. nil: never.
public typealias CommandDeadline = Int64?

/// A message that Discord has accepted.
public struct PostedMessage: Hashable, Sendable, Codable {
    public let id: Snowflake
    public let channel: Snowflake
    /// Unix milliseconds.
    public let time: Int64

    /// - Parameter time: unix milliseconds.
    public init(id: Snowflake, channel: Snowflake, time: Int64) {
        self.id = id
        self.channel = channel
        self.time = time
    }
}

/// Why a verb did not end well.
public enum DiscordFailure: Error, Hashable, Sendable {
    /// The target is not there (any more): what a delete, or a kick, wanted.
    case gone(WireError)
    /// Discord said no: nothing was done, and asking again gives the same answer.
    case refused(WireError)
    /// Nothing was done, for a reason that passes: a limit, a deadline, no connection.
    case notDone(WireError)
    /// The request may have reached Discord; its answer did not come back.
    case unknown(WireError)
}

/// What a look at Discord says about an effect that may have happened.
public enum Finding: Hashable, Sendable {
    /// It happened; a post comes with its message.
    case happened(PostedMessage?)
    /// What was wanted is so, but nothing shows that it was this command's doing.
    case alreadySo
    case didNotHappen
    /// Discord cannot be asked, or does not show it.
    case unclear
}
