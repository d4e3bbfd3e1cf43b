public import Contracts

/// A rule of AutoMod, new or changed.
/// Source: <https://discord.com/developers/docs/resources/auto-moderation#create-auto-moderation-rule>
public struct AutoModerationRequest: Hashable, Sendable, RequestBody {
    /// What sets a rule off.
    public struct Trigger: Hashable, Sendable, Codable {
        /// At most 1000 of 60 characters; `*` at an end matches anything.
        public var keywordFilter: [String]?
        /// At most 10 of 260 characters, as Rust writes them.
        public var regexPatterns: [String]?
        /// 1 profanity, 2 sexual content, 3 slurs.
        public var presets: [Int]?
        /// At most 100 (keywords) or 1000 (presets) of 60 characters.
        public var allowList: [String]?
        /// At most 50.
        public var mentionTotalLimit: Int?

        public init() {}

        enum CodingKeys: String, CodingKey {
            case presets
            case keywordFilter = "keyword_filter"
            case regexPatterns = "regex_patterns"
            case allowList = "allow_list"
            case mentionTotalLimit = "mention_total_limit"
        }
    }

    /// What happens then: 1 block the message, 2 send an alert, 3 time out, 4 block interaction.
    public struct Action: Hashable, Sendable, Codable {
        public struct Metadata: Hashable, Sendable, Codable {
            public var channelID: Snowflake?
            /// At most four weeks.
            public var durationSeconds: Int?
            /// At most 150 characters.
            public var customMessage: String?

            enum CodingKeys: String, CodingKey {
                case channelID = "channel_id"
                case durationSeconds = "duration_seconds"
                case customMessage = "custom_message"
            }
        }

        public var type: Int
        public var metadata: Metadata?

        public static func block(message: String? = nil) -> Action {
            Action(type: 1, metadata: message.map { Metadata(customMessage: $0) })
        }
        public static func alert(in channel: Snowflake) -> Action {
            Action(type: 2, metadata: Metadata(channelID: channel))
        }
        public static func timeOut(seconds: Int) -> Action {
            Action(type: 3, metadata: Metadata(durationSeconds: seconds))
        }
    }

    public var name: String?
    /// 1: a member sends a message; 2: a member's profile changes.
    public var eventType: Int?
    /// 1 keyword, 3 spam, 4 preset, 5 mention spam, 6 member profile; only of new rules.
    public var triggerType: Int?
    public var triggerMetadata: Trigger?
    public var actions: [Action]?
    public var enabled: Bool?
    /// At most 20.
    public var exemptRoles: [Snowflake]?
    /// At most 50.
    public var exemptChannels: [Snowflake]?

    public init(name: String? = nil, triggerType: Int? = nil, trigger: Trigger? = nil, actions: [Action]? = nil) {
        self.name = name
        self.triggerType = triggerType
        eventType = triggerType.map { $0 == 6 ? 2 : 1 }
        triggerMetadata = trigger
        self.actions = actions
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.count(triggerMetadata?.keywordFilter, 0...1000, "trigger_metadata.keyword_filter")
        for word in triggerMetadata?.keywordFilter ?? [] {
            limits.length(word, 1...60, "trigger_metadata.keyword_filter")
        }
        limits.count(triggerMetadata?.regexPatterns, 0...10, "trigger_metadata.regex_patterns")
        for pattern in triggerMetadata?.regexPatterns ?? [] {
            limits.length(pattern, 1...260, "trigger_metadata.regex_patterns")
        }
        limits.count(triggerMetadata?.allowList, 0...1000, "trigger_metadata.allow_list")
        limits.value(triggerMetadata?.mentionTotalLimit, 0...50, "trigger_metadata.mention_total_limit")
        limits.count(actions, 1...5, "actions")
        for action in actions ?? [] {
            limits.length(action.metadata?.customMessage, 0...150, "actions.metadata.custom_message")
            limits.value(action.metadata?.durationSeconds, 0...2_419_200, "actions.metadata.duration_seconds")
        }
        limits.count(exemptRoles, 0...20, "exempt_roles")
        limits.count(exemptChannels, 0...50, "exempt_channels")
        return limits.problems
    }
}
