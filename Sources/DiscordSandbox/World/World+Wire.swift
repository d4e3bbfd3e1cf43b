import Contracts

/// The documented JSON objects of guilds, channels, roles and members.
extension World {
    func wireUser(_ id: Snowflake) -> JSONObject {
        let user = users[id] ?? User(id: id, username: "deleted_user", globalName: nil)
        var object: JSONObject = [
            "id": .id(id), "username": .string(user.username), "discriminator": .string(user.isBot ? "0001" : "0"),
            "global_name": .text(user.globalName), "avatar": nil, "public_flags": 0, "flags": 0, "primary_guild": nil,
            "avatar_decoration_data": nil,
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
            "mute": .bool(member.mute), "flags": 0, "pending": false,
            "communication_disabled_until": .time(member.timedOutUntil),
        ]
    }

    func wire(_ role: Role) -> JSONObject {
        var object: JSONObject = [
            "id": .id(role.id), "name": .string(role.name), "color": .int(role.color),
            "colors": ["primary_color": .int(role.color), "secondary_color": nil, "tertiary_color": nil],
            "hoist": .bool(role.hoist), "icon": nil, "unicode_emoji": nil, "position": .int(role.position),
            "permissions": role.permissions.json, "managed": .bool(role.botID != nil),
            "mentionable": .bool(role.mentionable), "flags": 0,
        ]
        object["tags"] = role.botID.map { ["bot_id": .id($0)] }
        return object
    }

    func wire(_ channel: Channel) -> JSONObject {
        var object: JSONObject = [
            "id": .id(channel.id), "type": .int(channel.kind.rawValue), "guild_id": .id(channel.guildID),
            "name": .string(channel.name), "flags": 0, "parent_id": .id(channel.parentID),
        ]
        if let thread = channel.thread {
            object["owner_id"] = .id(thread.ownerID)
            object["thread_metadata"] = [
                "archived": .bool(thread.isArchived), "archive_timestamp": .time(thread.archivedAt),
                "auto_archive_duration": .int(thread.autoArchiveAfter), "locked": .bool(thread.isLocked),
                "invitable": .bool(thread.isInvitable), "create_timestamp": .time(thread.createdAt),
            ]
            object["message_count"] = .int(thread.messageCount)
            object["total_message_sent"] = .int(thread.totalSent)
            object["member_count"] = .int(thread.members.count)
        } else {
            object["position"] = .int(channel.position)
            object["permission_overwrites"] = .array(channel.overwrites.map { wire($0) })
        }
        guard channel.kind.holdsMessages else { return object }
        object["last_message_id"] = .id(channel.lastMessageID)
        object["rate_limit_per_user"] = .int(channel.slowmode)
        object["last_pin_timestamp"] = .time(channel.lastPinAt)
        if channel.kind == .voice {
            object["bitrate"] = 64000
            object["user_limit"] = 0
            object["rtc_region"] = nil
        }
        if !channel.kind.isThread {
            object["topic"] = .text(channel.topic)
            object["nsfw"] = .bool(channel.isNSFW)
        }
        return object
    }

    private func wire(_ overwrite: Overwrite) -> JSONValue {
        [
            "id": .id(overwrite.id), "type": .int(overwrite.target.rawValue), "allow": overwrite.allow.json,
            "deny": overwrite.deny.json,
        ]
    }

    func wire(_ guild: Guild) -> JSONObject {
        let system = guild.channels.compactMap { channels[$0] }.filter { $0.kind == .text }.min {
            $0.position < $1.position
        }
        return [
            "id": .id(guild.id), "name": .string(guild.name), "icon": nil, "description": nil, "home_header": nil,
            "splash": nil, "discovery_splash": nil, "features": [], "banner": nil, "owner_id": .id(guild.ownerID),
            "application_id": nil, "region": "deprecated", "afk_channel_id": nil, "afk_timeout": 300,
            "system_channel_id": .id(system?.id), "system_channel_flags": 0, "widget_enabled": false,
            "widget_channel_id": nil, "verification_level": 1,
            "roles": .array(guild.roles.values.sorted { $0.id < $1.id }.map { .object(wire($0)) }),
            "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 2, "max_presences": nil,
            "max_members": 500_000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
            "vanity_url_code": nil, "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US",
            "rules_channel_id": nil, "safety_alerts_channel_id": nil, "public_updates_channel_id": nil,
            "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [],
            "incidents_data": nil,
        ]
    }

    /// Channels of a guild without its threads, in the order of the list.
    func listedChannels(of guild: Guild) -> [Channel] {
        guild.channels.compactMap { channels[$0] }.filter { !$0.kind.isThread }
            .sorted { ($0.position, $0.id) < ($1.position, $1.id) }
    }

    /// The GUILD_CREATE of one bot. Source: <https://discord.com/developers/docs/events/gateway-events#guild-create>
    func wireGuildCreate(_ guild: Guild, for userID: Snowflake, withEveryMember: Bool) -> JSONObject {
        let joined = guild.members[userID]?.joinedAt ?? now
        let members = guild.members.values.filter { withEveryMember || $0.userID == userID }
            .sorted { $0.userID < $1.userID }
        let extra: JSONObject = [
            "joined_at": .time(joined), "large": false, "unavailable": false, "member_count": .int(guild.members.count),
            "voice_states": [], "members": .array(members.map { .object(wire($0)) }),
            "channels": .array(listedChannels(of: guild).map { .object(wire($0)) }),
            "threads": .array(activeThreads(in: guild, seenBy: userID).map { .object(wire($0)) }),
            "presences": [], "stage_instances": [],
            "guild_scheduled_events": .array(guild.scheduledEvents.values.map { .object($0) }),
            "soundboard_sounds": [],
        ]
        return wire(guild).merging(extra)
    }

    func wire(_ webhook: Webhook) -> JSONObject {
        [
            "id": .id(webhook.id), "type": 1, "guild_id": .id(webhook.guildID), "channel_id": .id(webhook.channelID),
            "user": .object(wireUser(webhook.creatorID)), "name": .string(webhook.name), "avatar": nil,
            "token": .string(webhook.token), "application_id": nil,
            "url": .string("https://discord.com/api/webhooks/\(webhook.id)/\(webhook.token)"),
        ]
    }
}
