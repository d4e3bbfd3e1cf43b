import Contracts

struct MessagePage: Equatable, Sendable {
    enum Anchor: Equatable, Sendable { case newest, before(Snowflake), after(Snowflake), around(Snowflake) }
    let anchor: Anchor
    let limit: Int
}

extension World {
    /// Newest first; without READ_MESSAGE_HISTORY an empty list and no error.
    func listMessages(in channelID: Snowflake, by userID: Snowflake, page: MessagePage) throws(APIError) -> [Message] {
        let channel = try channel(channelID, seenBy: userID)
        guard channel.kind.holdsMessages else { throw .nonTextChannel }
        guard permissions(of: userID, in: channel).contains(.readMessageHistory), let history = histories[channelID]
        else {
            return []
        }
        switch page.anchor {
        case .newest: return history.before(Snowflake(.max), limit: page.limit)
        case .before(let id): return history.before(id, limit: page.limit)
        case .after(let id): return history.after(id, limit: page.limit)
        case .around(let id):
            let older = history.before(id, limit: page.limit / 2)
            let newer = history.after(id, limit: max(0, page.limit - page.limit / 2 - 1))
            return newer + (history[id].map { [$0] } ?? []) + older
        }
    }
}
