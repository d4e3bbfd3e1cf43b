import Contracts

struct ThreadState: Equatable, Sendable {
    let ownerID: Snowflake
    let createdAt: Timestamp
    var isArchived = false
    var archivedAt: Timestamp
    /// Minutes.
    var autoArchiveAfter: Int
    var isLocked = false
    var isInvitable = true
    var messageCount = 0
    var totalSent = 0
    var members: [Snowflake: Timestamp] = [:]
    /// The last message, or the last time that someone opened it again.
    var lastActiveAt: Timestamp

    func json(of id: Snowflake) -> JSONObject {
        [
            "archived": .bool(isArchived), "archive_timestamp": .time(archivedAt),
            "auto_archive_duration": .int(autoArchiveAfter), "locked": .bool(isLocked),
            "invitable": .bool(isInvitable), "create_timestamp": .time(createdAt),
        ]
    }
}
