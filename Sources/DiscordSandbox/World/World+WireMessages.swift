import Contracts

/// The documented JSON object of messages.
extension World {
    /// As that reader sees it (`me` of reactions); `depth` keeps a reply to a reply from nesting without end.
    func wire(_ message: Message, to reader: Snowflake?, depth: Int = 0) -> JSONObject {
        var object: JSONObject = [
            "id": .id(message.id), "channel_id": .id(message.channelID), "type": .int(message.kind.rawValue),
            "author": .object(wireAuthor(message.author)), "content": .string(message.content),
            "timestamp": .time(message.id.createdAt), "edited_timestamp": .time(message.editedAt), "tts": false,
            "mention_everyone": .bool(message.mentions.everyone),
            "mentions": .array(message.mentions.users.map { .object(wireUser($0)) }),
            "mention_roles": .ids(message.mentions.roles), "attachments": .array(message.attachments),
            "embeds": .array(message.embeds), "pinned": .bool(message.pinnedAt != nil),
            "flags": .int(message.flags | (message.hasThread ? 1 << 5 : 0)), "components": .array(message.components),
        ]
        object["nonce"] = message.nonce
        if case .webhook(let id, _) = message.author { object["webhook_id"] = .id(id) }
        if !message.reactions.isEmpty { object["reactions"] = .array(message.reactions.map { wire($0, to: reader) }) }
        object["poll"] = message.poll.map { .object($0) }
        if let reference = message.reference {
            var link: JSONObject = [
                "type": 0, "channel_id": .id(reference.channelID), "guild_id": .id(message.guildID),
            ]
            link["message_id"] = reference.messageID.map { .id($0) }
            object["message_reference"] = .object(link)
            if depth == 0, message.kind == .reply || message.kind == .threadStarter, let target = reference.messageID {
                let original = histories[reference.channelID]?[target]
                object["referenced_message"] = original.map { .object(wire($0, to: reader, depth: 1)) } ?? .null
            }
        }
        if message.hasThread, let thread = channels[message.id] { object["thread"] = .object(wire(thread)) }
        return object
    }

    private func wireAuthor(_ author: Message.Author) -> JSONObject {
        switch author {
        case .user(let id): wireUser(id)
        case .webhook(let id, let name):
            [
                "id": .id(id), "username": .string(name), "discriminator": "0000", "avatar": nil, "bot": true,
                "global_name": nil, "public_flags": 0, "flags": 0, "primary_guild": nil,
            ]
        }
    }

    private func wire(_ reaction: Message.Reaction, to reader: Snowflake?) -> JSONValue {
        [
            "emoji": reaction.emoji.json, "count": .int(reaction.users.count),
            "count_details": ["burst": 0, "normal": .int(reaction.users.count)], "burst_colors": [],
            "me_burst": false, "me": .bool(reader.map(reaction.users.contains) ?? false),
        ]
    }
}
