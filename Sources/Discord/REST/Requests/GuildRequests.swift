public import Contracts

/// What to change of a guild.
/// Source: <https://discord.com/developers/docs/resources/guild#modify-guild>
public struct ModifyGuild: Hashable, Sendable, RequestBody {
    /// 2 to 100 characters.
    public var name: String?
    public var description: Edit<String>?
    /// 0 none to 4 very high.
    public var verificationLevel: Int?
    /// 0 all messages, 1 only mentions.
    public var defaultMessageNotifications: Int?
    /// 0 off, 1 members without roles, 2 everybody.
    public var explicitContentFilter: Int?
    public var systemChannelID: Edit<Snowflake>?
    public var rulesChannelID: Edit<Snowflake>?
    public var safetyAlertsChannelID: Edit<Snowflake>?
    public var publicUpdatesChannelID: Edit<Snowflake>?
    public var preferredLocale: String?
    public var icon: Edit<DataURI>?
    /// All features that the guild shall have, as it lists them.
    public var features: [String]?

    public init() {}

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 2...100, "name")
        limits.length(description?.value, 0...300, "description")
        limits.value(verificationLevel, 0...4, "verification_level")
        limits.value(defaultMessageNotifications, 0...1, "default_message_notifications")
        limits.value(explicitContentFilter, 0...2, "explicit_content_filter")
        return limits.problems
    }
}

/// Pauses invites and direct messages, each at most 24 hours ahead; cleared ends the pause.
/// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-incident-actions>
public struct IncidentActions: Hashable, Sendable, RequestBody {
    public var invitesDisabledUntil: Edit<Timestamp>?
    public var dmsDisabledUntil: Edit<Timestamp>?

    public init(invitesDisabledUntil: Edit<Timestamp>? = nil, dmsDisabledUntil: Edit<Timestamp>? = nil) {
        self.invitesDisabledUntil = invitesDisabledUntil
        self.dmsDisabledUntil = dmsDisabledUntil
    }
}

/// What newcomers see first.
/// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-welcome-screen>
public struct WelcomeScreen: Hashable, Sendable, Codable, RequestBody {
    public struct Entry: Hashable, Sendable, Codable {
        public var channelID: Snowflake
        public var description: String?
        public var emojiName: String?

        public init(channelID: Snowflake, description: String, emojiName: String? = nil) {
            self.channelID = channelID
            self.description = description
            self.emojiName = emojiName
        }

        enum CodingKeys: String, CodingKey {
            case description
            case channelID = "channel_id"
            case emojiName = "emoji_name"
        }
    }

    /// Only of a change.
    public var enabled: Bool?
    public var description: String?
    /// At most 5.
    public var welcomeChannels: [Entry]?

    public init(enabled: Bool? = nil, description: String? = nil, welcomeChannels: [Entry]? = nil) {
        self.enabled = enabled
        self.description = description
        self.welcomeChannels = welcomeChannels
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(description, 0...140, "description")
        limits.count(welcomeChannels, 0...5, "welcome_channels")
        return limits.problems
    }

    enum CodingKeys: String, CodingKey {
        case enabled, description
        case welcomeChannels = "welcome_channels"
    }
}

/// Questions that newcomers answer.
/// Source: <https://discord.com/developers/docs/resources/guild#modify-guild-onboarding>
public struct Onboarding: Hashable, Sendable, Codable, RequestBody {
    /// As Discord sends them.
    public var prompts: [JSONValue]?
    public var defaultChannels: [Snowflake]?
    public var enabled: Bool?
    /// 0 default, 1 advanced.
    public var mode: Int?

    public init(
        prompts: [JSONValue]? = nil, defaultChannels: [Snowflake]? = nil, enabled: Bool? = nil, mode: Int? = nil
    ) {
        self.prompts = prompts
        self.defaultChannels = defaultChannels
        self.enabled = enabled
        self.mode = mode
    }

    enum CodingKeys: String, CodingKey {
        case prompts, enabled, mode
        case defaultChannels = "default_channel_ids"
    }
}

/// Source: <https://discord.com/developers/docs/resources/guild#guild-widget-settings-object>
public struct WidgetSettings: Hashable, Sendable, Codable, RequestBody {
    public var enabled: Bool?
    public var channelID: Snowflake?

    public init(enabled: Bool? = nil, channelID: Snowflake? = nil) {
        self.enabled = enabled
        self.channelID = channelID
    }

    enum CodingKeys: String, CodingKey {
        case enabled
        case channelID = "channel_id"
    }
}
