import Contracts

/// The documented JSON objects of guilds and channels.
extension World {
    func wire(_ channel: Channel) -> JSONObject {
        var object: JSONObject = [
            "id": .id(channel.id), "type": .int(channel.kind.rawValue), "flags": .int(channel.flags),
        ]
        if channel.kind == .directMessage {
            object["last_message_id"] = .id(channel.lastMessageID)
            object["recipients"] = .array(channel.recipients.map { .object(wireUser($0)) })
            return object
        }
        object["guild_id"] = .id(channel.guildID)
        object["name"] = .string(channel.name)
        object["parent_id"] = .id(channel.parentID)
        if let thread = channel.thread {
            object["owner_id"] = .id(thread.ownerID)
            object["thread_metadata"] = .object(thread.json(of: channel.id))
            object["message_count"] = .int(thread.messageCount)
            object["total_message_sent"] = .int(thread.totalSent)
            // Counting stops at 50.
            object["member_count"] = .int(min(thread.members.count, 50))
            if channels[channel.parentID ?? .none]?.kind.isForum == true {
                object["applied_tags"] = .ids(channel.appliedTags)
            }
        } else {
            object["position"] = .int(channel.position)
            object["permission_overwrites"] = .array(channel.overwrites.map(\.json))
            object = object.merging(channel.details)
        }
        guard channel.kind != .category else { return object }
        object["last_message_id"] = .id(channel.lastMessageID)
        object["rate_limit_per_user"] = .int(channel.slowmode)
        object["last_pin_timestamp"] = .time(channel.lastPinAt)
        if channel.kind.isVoice {
            for (name, value) in [("bitrate", 64_000), ("user_limit", 0)] where !object.contains(name) {
                object[name] = .int(value)
            }
            if !object.contains("rtc_region") { object["rtc_region"] = .null }
        }
        if channel.kind.isForum {
            object["available_tags"] = .array(channel.availableTags.map(\.json))
            for (name, value) in Self.forumDefaults where !object.contains(name) { object[name] = value }
        }
        if !channel.kind.isThread {
            object["topic"] = .text(channel.topic)
            object["nsfw"] = .bool(channel.isNSFW)
        }
        return object
    }

    private static let forumDefaults: [(String, JSONValue)] = [
        ("default_reaction_emoji", nil), ("default_sort_order", nil), ("default_forum_layout", 0),
    ]

    func wire(_ guild: Guild) -> JSONObject {
        let system = guild.channels.compactMap { channels[$0] }.filter { $0.kind == .text }.min {
            $0.position < $1.position
        }
        let object: JSONObject = [
            "id": .id(guild.id), "name": .string(guild.name), "icon": nil, "description": nil, "home_header": nil,
            "splash": nil, "discovery_splash": nil, "features": [], "banner": nil, "owner_id": .id(guild.ownerID),
            "application_id": nil, "region": "deprecated", "afk_channel_id": nil, "afk_timeout": 300,
            "system_channel_id": .id(system?.id), "system_channel_flags": 0,
            "widget_enabled": guild.widget["enabled"] ?? false,
            "widget_channel_id": guild.widget["channel_id"] ?? .null, "verification_level": 1,
            "roles": .array(guild.roles.values.sorted { $0.id < $1.id }.map { .object(wire($0)) }),
            "default_message_notifications": 1, "mfa_level": 0, "explicit_content_filter": 2, "max_presences": nil,
            "max_members": 500_000, "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
            "vanity_url_code": nil, "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US",
            "rules_channel_id": nil, "safety_alerts_channel_id": nil, "public_updates_channel_id": nil,
            "premium_progress_bar_enabled": false, "nsfw": false, "nsfw_level": 0,
            "emojis": .array(Self.ordered(guild.emojis)), "stickers": .array(Self.ordered(guild.stickers)),
            "incidents_data": wire(guild.incidents),
        ]
        return object.merging(guild.settings)
    }

    /// null while nothing is switched off.
    func wire(_ incidents: Guild.Incidents) -> JSONValue {
        guard incidents.invitesDisabledUntil != nil || incidents.messagesDisabledUntil != nil else { return .null }
        return [
            "invites_disabled_until": .time(incidents.invitesDisabledUntil),
            "dms_disabled_until": .time(incidents.messagesDisabledUntil),
        ]
    }

    /// Stored wire objects in the order of their ids.
    static func ordered(_ objects: [Snowflake: JSONObject]) -> [JSONValue] {
        objects.sorted { $0.key < $1.key }.map { .object($0.value) }
    }

    /// Channels of a guild without its threads, in the order of the list.
    func listedChannels(of guild: Guild) -> [Channel] {
        guild.channels.compactMap { channels[$0] }.filter { !$0.kind.isThread }
            .sorted { ($0.position, $0.id) < ($1.position, $1.id) }
    }

    /// The GUILD_CREATE of one bot. Source: <https://discord.com/developers/docs/events/gateway-events#guild-create>
    func wireGuildCreate(
        _ guild: Guild, for userID: Snowflake, withPresences: Bool, largeThreshold: Int
    ) -> JSONObject {
        let joined = guild.members[userID]?.joinedAt ?? now
        // Without presences, and in very large guilds, only the bot itself and who is in voice.
        let withEveryone = withPresences && guild.members.count <= 75_000
        let isLarge = guild.members.count > largeThreshold
        let members: [JSONValue] = guild.members.inOrder.filter {
            withEveryone && !isLarge || $0.userID == userID || guild.voiceStates[$0.userID] != nil
        }.map { .object(wire($0)) }
        let states = guild.voiceStates.values.sorted { $0.userID < $1.userID }
        let extra: JSONObject = [
            "joined_at": .time(joined), "large": .bool(isLarge), "unavailable": false,
            "member_count": .int(guild.members.count),
            "voice_states": .array(
                states.map { state in
                    var object = wire(state, in: guild.id)
                    object["guild_id"] = nil
                    return .object(object)
                }),
            "members": .array(members),
            "channels": .array(listedChannels(of: guild).map { .object(wire($0)) }),
            "threads": .array(activeThreads(in: guild, seenBy: userID).map { .object(wire($0, for: userID)) }),
            "presences": [], "stage_instances": .array(Self.ordered(guild.stageInstances)),
            "guild_scheduled_events": .array(Self.ordered(guild.scheduledEvents)),
            "soundboard_sounds": .array(Self.ordered(guild.sounds)),
        ]
        return wire(guild).merging(extra)
    }

    /// A thread as someone in it sees it.
    func wire(_ thread: Channel, for userID: Snowflake) -> JSONObject {
        var object = wire(thread)
        if let joined = thread.thread?.members[userID] {
            object["member"] = .object(Self.threadMember(thread.id, userID, joined))
        }
        return object
    }

    static func threadMember(_ thread: Snowflake, _ user: Snowflake, _ joined: Timestamp) -> JSONObject {
        ["id": .id(thread), "user_id": .id(user), "join_timestamp": .time(joined), "flags": 0]
    }
}
