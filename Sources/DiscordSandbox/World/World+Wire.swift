import Contracts

/// The documented JSON objects of users, members, roles and webhooks.
extension World {
    func wireUser(_ id: Snowflake) -> JSONObject {
        let user = users[id] ?? User(id: id, username: "deleted_user", globalName: nil)
        var object: JSONObject = [
            "id": .id(id), "username": .string(user.username), "discriminator": .string(user.isBot ? "0001" : "0"),
            "global_name": .text(user.globalName), "avatar": .text(user.avatar), "public_flags": 0, "flags": 0,
            "primary_guild": nil, "avatar_decoration_data": nil,
        ]
        if user.isBot { object["bot"] = true }
        return object
    }

    func wire(_ member: Member) -> JSONObject {
        let user: JSONObject = ["user": .object(wireUser(member.userID))]
        return user.merging(partial(member))
    }

    /// A member without its user, as messages carry it.
    func partial(_ member: Member) -> JSONObject {
        [
            "nick": .text(member.nick), "avatar": nil, "banner": nil, "roles": .ids(member.roles),
            "joined_at": .time(member.joinedAt), "premium_since": nil, "deaf": .bool(member.deaf),
            "mute": .bool(member.mute), "flags": .int(member.flags), "pending": false,
            "communication_disabled_until": .time(member.timedOutUntil),
        ]
    }

    func wire(_ role: Role) -> JSONObject {
        var object: JSONObject = [
            "id": .id(role.id), "name": .string(role.name), "color": .int(role.color),
            "colors": [
                "primary_color": .int(role.color), "secondary_color": role.secondaryColor.map { .int($0) } ?? .null,
                "tertiary_color": role.tertiaryColor.map { .int($0) } ?? .null,
            ],
            "hoist": .bool(role.hoist), "icon": nil, "unicode_emoji": .text(role.unicodeEmoji),
            "position": .int(role.position), "permissions": role.permissions.json,
            "managed": .bool(role.botID != nil), "mentionable": .bool(role.mentionable), "flags": 0,
        ]
        object["tags"] = role.botID.map { ["bot_id": .id($0)] }
        return object
    }

    /// - Parameter site: where the token's URL leads.
    func wire(_ webhook: Webhook, hidingUser: Bool = false) -> JSONObject {
        var object: JSONObject = [
            "id": .id(webhook.id), "type": .int(webhook.source == nil ? 1 : 2), "guild_id": .id(webhook.guildID),
            "channel_id": .id(webhook.channelID), "name": .string(webhook.name), "avatar": .text(webhook.avatar),
            "application_id": nil,
        ]
        if !hidingUser { object["user"] = .object(wireUser(webhook.creatorID)) }
        if let token = webhook.token {
            object["token"] = .string(token)
            object["url"] = .string("\(site)/api/webhooks/\(webhook.id)/\(token)")
        }
        if let source = webhook.source {
            object["source_guild"] = [
                "id": .id(source.guildID), "icon": nil, "name": .text(guilds[source.guildID]?.name),
            ]
            // Left out when it is gone.
            object["source_channel"] = channels[source.channelID].map {
                ["id": .id($0.id), "name": .string($0.name)]
            }
        }
        return object
    }

    func wire(_ state: VoiceState, in guildID: Snowflake) -> JSONObject {
        let member = guilds[guildID]?.members[state.userID]
        var object: JSONObject = [
            "guild_id": .id(guildID), "channel_id": .id(state.channelID), "user_id": .id(state.userID),
            "session_id": .string(state.sessionID), "deaf": .bool(member?.deaf ?? false),
            "mute": .bool(member?.mute ?? false), "self_deaf": false, "self_mute": false, "self_stream": false,
            "self_video": false, "suppress": .bool(state.isSuppressed),
            "request_to_speak_timestamp": .time(state.asksToSpeakAt),
        ]
        object["member"] = member.map { .object(wire($0)) }
        return object
    }
}
