public import Contracts

/// A scheduled event, new or changed.
/// Source: <https://discord.com/developers/docs/resources/guild-scheduled-event#create-guild-scheduled-event>
public struct ScheduledEventRequest: Hashable, Sendable, RequestBody {
    public struct Place: Hashable, Sendable, Encodable {
        /// 1 to 100 characters.
        public var location: String
    }

    /// 1 to 100 characters.
    public var name: String?
    /// 1 to 1000 characters.
    public var description: String?
    public var scheduledStartTime: Timestamp?
    /// Needed for events outside Discord.
    public var scheduledEndTime: Timestamp?
    /// 1 stage, 2 voice, 3 outside Discord.
    public var entityType: Int?
    /// Of events in a stage or voice channel.
    public var channelID: Edit<Snowflake>?
    /// Of events outside Discord.
    public var entityMetadata: Place?
    /// Of a change: 2 start, 3 end, 4 cancel.
    public var status: Int?
    public var recurrenceRule: JSONValue?
    private var privacyLevel: Int?

    public init() {}

    /// An event outside Discord.
    public init(name: String, at location: String, from start: Timestamp, to end: Timestamp) {
        self.name = name
        entityType = 3
        entityMetadata = Place(location: location)
        scheduledStartTime = start
        scheduledEndTime = end
        privacyLevel = 2
    }

    /// An event in a voice (2) or stage (1) channel.
    public init(name: String, in channel: Snowflake, entityType: Int = 2, from start: Timestamp) {
        self.name = name
        self.entityType = entityType
        channelID = .set(channel)
        scheduledStartTime = start
        privacyLevel = 2
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.length(description, 1...1000, "description")
        limits.length(entityMetadata?.location, 1...100, "entity_metadata.location")
        if let scheduledStartTime, let scheduledEndTime {
            limits.require(
                scheduledStartTime.unixMilliseconds < scheduledEndTime.unixMilliseconds,
                "scheduled_end_time: is not after the start")
        }
        return limits.problems
    }
}
