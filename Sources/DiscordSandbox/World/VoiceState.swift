import Contracts

/// Source: <https://discord.com/developers/docs/resources/voice#voice-state-object>
struct VoiceState: Equatable, Sendable {
    let userID: Snowflake
    var channelID: Snowflake
    let sessionID: String
    var isSuppressed = false
    var asksToSpeakAt: Timestamp?
}
