public import Contracts

/// The part of an application that READY carries.
public struct PartialApplication: Hashable, Sendable, Codable {
    public var id: Snowflake
    public var flags: ApplicationFlags?
}

/// What an app was granted; decides whether an empty content is empty or hidden.
/// Source: <https://discord.com/developers/docs/resources/application#application-object-application-flags>
public struct ApplicationFlags: OptionSet, Hashable, Sendable, Codable {
    public let rawValue: UInt64

    public init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    public static let gatewayPresence = ApplicationFlags(rawValue: 1 << 12)
    public static let gatewayPresenceLimited = ApplicationFlags(rawValue: 1 << 13)
    public static let gatewayGuildMembers = ApplicationFlags(rawValue: 1 << 14)
    public static let gatewayGuildMembersLimited = ApplicationFlags(rawValue: 1 << 15)
    public static let gatewayMessageContent = ApplicationFlags(rawValue: 1 << 18)
    public static let gatewayMessageContentLimited = ApplicationFlags(rawValue: 1 << 19)

    /// Whether messages of others arrive with their content.
    public var seesMessageContent: Bool {
        !isDisjoint(with: [.gatewayMessageContent, .gatewayMessageContentLimited])
    }
}
