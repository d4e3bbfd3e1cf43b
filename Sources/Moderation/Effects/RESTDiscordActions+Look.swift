import Contracts
import Discord

extension RESTDiscordActions {
    public func look(for effect: PlannedEffect, tag: CommandTag, since createdAt: Int64) async -> Finding {
        do {
            switch effect {
            case .send(_, let channel, let content):
                return try await lookForPost(of: content, in: channel, tag: tag, since: createdAt)
            case .deleteMessage(_, let channel, let message):
                return try await anyExists([message], in: channel) ? .didNotHappen : .happened(nil)
            case .deleteMessages(_, let channel, let messages):
                return try await anyExists(messages, in: channel) ? .didNotHappen : .happened(nil)
            case .kick(let guild, let user):
                if await auditLogShows(tag, kickOf: user, from: guild) { return .happened(nil) }
                return try await member(user, of: guild) == nil ? .alreadySo : .didNotHappen
            case .ban(let guild, let user, _):
                guard let ban = try await rest.currentBan(of: user, from: guild) else { return .didNotHappen }
                return tag.marks(ban.reason) ? .happened(nil) : .alreadySo
            case .timeOut(let guild, let user, let until):
                let end = try await member(user, of: guild)?.communicationDisabledUntil?.unixMilliseconds
                // Discord keeps microseconds and may round; another time-out does not end in the same second.
                return end.map { abs($0 - until) < 1000 } ?? false ? .happened(nil) : .didNotHappen
            }
        } catch {
            return .unclear
        }
    }

    private func lookForPost(
        of content: ContentFingerprint,
        in channel: Snowflake,
        tag: CommandTag,
        since createdAt: Int64
    ) async throws(DiscordError) -> Finding {
        var search = PostSearch(bot: try await rest.currentUser().id, tag: tag, content: content)
        // Discord's clock may be a little behind ours.
        var after = Snowflake(unixMilliseconds: createdAt - 5000)
        for _ in 0..<Self.pages {
            let page = try await rest.messages(in: channel, .after(after), limit: 100)
            if let message = search.find(in: page) { return .happened(message) }
            guard page.count == 100, let newest = page.map(\.id).max() else {
                if search.hasCandidate { return .unclear }
                return try await canReadHistory(of: channel) ? .didNotHappen : .unclear
            }
            after = newest
        }
        return .unclear
    }

    private static let pages = 5

    /// Without READ_MESSAGE_HISTORY Discord answers an empty list and no error.
    private func canReadHistory(of channel: Snowflake) async throws(DiscordError) -> Bool {
        try await !rest.messages(in: channel, .newest, limit: 1).isEmpty
    }

    private func anyExists(_ messages: [Snowflake], in channel: Snowflake) async throws(DiscordError) -> Bool {
        for message in messages {
            do {
                _ = try await rest.message(message, in: channel)
                return true
            } catch  where error.code == DiscordCode.unknownMessage {
                continue
            }
        }
        return false
    }

    private func member(_ user: Snowflake, of guild: Snowflake) async throws(DiscordError) -> Member? {
        do {
            return try await rest.member(user, of: guild)
        } catch  where error.code == DiscordCode.unknownMember {
            return nil
        }
    }

    /// False as well when the bot may not read the audit log.
    private func auditLogShows(_ tag: CommandTag, kickOf user: Snowflake, from guild: Snowflake) async -> Bool {
        let memberKick = 20
        guard let page = try? await rest.auditLog(of: guild, actionType: memberKick, limit: 100) else { return false }
        return page.entries?.contains { $0.targetID == user.description && tag.marks($0.reason) } ?? false
    }
}
