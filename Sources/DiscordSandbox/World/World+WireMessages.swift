import Contracts

/// The documented JSON object of messages.
extension World {
    /// As that reader sees it (`me` of reactions); `depth` keeps a reply to a reply from nesting without end.
    func wire(_ message: Message, to reader: Snowflake?, depth: Int = 0) -> JSONObject {
        var object: JSONObject = [
            "id": .id(message.id), "channel_id": .id(message.channelID), "type": .int(message.kind.rawValue),
            "author": .object(wireAuthor(message.author)), "content": .string(message.content),
            "timestamp": .time(message.id.createdAt), "edited_timestamp": .time(message.editedAt),
            "tts": .bool(message.isSpoken), "mention_everyone": .bool(message.mentions.everyone),
            "mentions": .array(message.mentions.users.map { .object(wireUser($0)) }),
            "mention_roles": .ids(message.mentions.roles),
            "attachments": .array(message.attachments.map { signed($0) }),
            "embeds": .array(message.flags & 1 << 2 == 0 ? message.embeds : []),
            "pinned": .bool(message.pinnedAt != nil),
            "flags": .int(message.flags | (message.hasThread ? 1 << 5 : 0)), "components": .array(message.components),
        ]
        object["nonce"] = message.nonce
        if message.author.isWebhook { object["webhook_id"] = .id(message.author.id) }
        if !message.stickers.isEmpty { object["sticker_items"] = .array(message.stickers) }
        if !message.snapshots.isEmpty { object["message_snapshots"] = .array(message.snapshots) }
        if !message.reactions.isEmpty { object["reactions"] = .array(message.reactions.map { wire($0, to: reader) }) }
        object["poll"] = message.poll?.json(to: reader)
        if let reference = message.reference {
            var link: JSONObject = [
                "type": .int(reference.isForward ? 1 : 0), "channel_id": .id(reference.channelID),
            ]
            let guildID = reference.guildID ?? message.guildID
            if guildID != .none { link["guild_id"] = .id(guildID) }
            link["message_id"] = reference.messageID.map { .id($0) }
            object["message_reference"] = .object(link)
            if depth == 0, message.kind == .reply || message.kind == .threadStarter, let target = reference.messageID {
                let original = histories[reference.channelID]?[target]
                object["referenced_message"] = original.map { .object(wire($0, to: reader, depth: 1)) } ?? .null
            }
        }
        if message.hasThread, let thread = channels[message.id] { object["thread"] = .object(wire(thread)) }
        guard depth == 0, let reader, !readsContent(of: message, reader) else { return object }
        return Self.redacted(object, for: reader)
    }

    /// Without the MESSAGE_CONTENT intent a bot reads its own messages, those that mention it, and direct ones.
    func readsContent(of message: Message, _ reader: Snowflake) -> Bool {
        message.guildID == .none || message.author.id == reader || message.mentions.users.contains(reader)
            || hasIntent(.messageContent, reader)
    }

    /// Source: <https://discord.com/developers/docs/events/gateway#message-content-intent>
    static func redacted(_ message: JSONObject, for reader: Snowflake) -> JSONObject {
        var result = message
        result["content"] = ""
        for name in ["embeds", "attachments", "components"] { result[name] = [] }
        result["poll"] = nil
        result["message_snapshots"] = nil
        if let original = message["referenced_message"]?.object, original["author"]?["id"]?.snowflake != reader {
            result["referenced_message"] = .object(redacted(original, for: reader))
        }
        return result
    }

    private func wireAuthor(_ author: Message.Author) -> JSONObject {
        switch author {
        case .user(let id): wireUser(id)
        case .webhook(let id, let name, let avatar):
            [
                "id": .id(id), "username": .string(name), "discriminator": "0000", "avatar": .text(avatar),
                "bot": true, "global_name": nil, "public_flags": 0, "flags": 0, "primary_guild": nil,
            ]
        }
    }

    private func wire(_ reaction: Message.Reaction, to reader: Snowflake?) -> JSONValue {
        let (normal, burst) = (reaction.users.count, reaction.burstUsers.count)
        return [
            "emoji": reaction.emoji.json, "count": .int(normal + burst),
            "count_details": ["burst": .int(burst), "normal": .int(normal)], "burst_colors": [],
            "me_burst": .bool(reader.map(reaction.burstUsers.contains) ?? false),
            "me": .bool(reader.map(reaction.users.contains) ?? false),
        ]
    }

    /// The URLs of an attachment carry an expiry and a signature, fresh each time it is read.
    /// Source: <https://discord.com/developers/docs/reference#signed-attachment-cdn-urls>
    private func signed(_ attachment: JSONValue) -> JSONValue {
        guard var object = attachment.object, let path = object["path"]?.string else { return attachment }
        object["path"] = nil
        let expires = String(now.milliseconds / 1000 + 86_400, radix: 16)
        let query =
            "?ex=\(expires)&is=\(String(now.milliseconds / 1000, radix: 16))&hm=\(Self.signature(path, expires))"
        object["url"] = .string("\(site)/attachments/\(path)\(query)")
        object["proxy_url"] = .string("\(site)/attachments/\(path)\(query)")
        return .object(object)
    }

    /// Looks like Discord's; it keeps nobody out who can read this file.
    static func signature(_ path: String, _ expires: String) -> String {
        var mix = SeededGenerator(seed: (path + expires).utf8.reduce(7) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 })
        return (0..<4).map { _ in
            let digits = String(mix.next(), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }
}
