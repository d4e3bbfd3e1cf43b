import Contracts

extension World {
    /// Who a message pings: what stands in the text, cut down to what the author allowed and may do.
    func mentions(
        in content: String, allowed: AllowedMentions?, channel: Channel, author: Message.Author, replied: Message?
    ) -> Message.Mentions {
        var mayPingAll = false
        if case .user(let userID) = author {
            mayPingAll = permissions(of: userID, in: channel).contains(.mentionEveryone)
        }
        let allowed = allowed ?? .all
        let named = Self.tags(in: content)
        var result = Message.Mentions()
        result.users = named.users.filter { users[$0] != nil && (allowed.parsesUsers || allowed.users.contains($0)) }
        if let replied, allowed.repliedUser, !result.users.contains(replied.author.id), users[replied.author.id] != nil
        {
            result.users.append(replied.author.id)
        }
        result.roles = named.roles.filter { id in
            guard let role = guilds[channel.guildID]?.roles[id], role.mentionable || mayPingAll else { return false }
            return allowed.parsesRoles || allowed.roles.contains(id)
        }
        result.everyone =
            mayPingAll && allowed.parsesEveryone && (content.contains("@everyone") || content.contains("@here"))
        return result
    }

    /// `<@1>`, `<@!1>` and `<@&1>`, each id once, in the order of the text.
    private static func tags(in content: String) -> (users: [Snowflake], roles: [Snowflake]) {
        var users: [Snowflake] = []
        var roles: [Snowflake] = []
        var rest = content[...]
        while let start = rest.firstIndex(of: "<") {
            rest = rest[rest.index(after: start)...]
            guard rest.first == "@", let end = rest.firstIndex(of: ">") else { continue }
            let inner = rest[..<end].dropFirst()
            if inner.first == "&" {
                if let id = Snowflake(inner.dropFirst()), !roles.contains(id) { roles.append(id) }
            } else if let id = Snowflake(inner.first == "!" ? inner.dropFirst() : inner), !users.contains(id) {
                users.append(id)
            }
        }
        return (users, roles)
    }

    mutating func emitMessage(_ name: String, _ message: Message) {
        var data = wire(message, to: nil)
        if message.guildID != .none { data["guild_id"] = .id(message.guildID) }
        data["channel_type"] = channels[message.channelID].map { .int($0.kind.rawValue) }
        if case .user(let id) = message.author, let member = guilds[message.guildID]?.members[id] {
            data["member"] = .object(partial(member))
        }
        var event = WorldEvent(
            name: name, guildID: message.guildID, audience: .readers(of: message.channelID), data: data)
        event.contentReaders = Set(message.mentions.users + [message.author.id])
        emit(event)
    }
}
