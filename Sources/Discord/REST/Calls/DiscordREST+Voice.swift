public import Contracts

extension DiscordREST {
    /// Throws `.refused` (404, 10065) for who is not in voice. `user` nil: the bot itself.
    public func voiceState(
        of user: Snowflake? = nil,
        in guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> VoiceState {
        let endpoint = user.map { Route.getVoiceState.at(guild, $0) } ?? Route.getOwnVoiceState.at(guild)
        return try await get(endpoint, deadline: deadline)
    }

    /// On a stage: whether somebody may speak. `user` nil: the bot itself.
    public func setSuppressed(
        _ suppress: Bool,
        of user: Snowflake? = nil,
        on stage: Snowflake,
        in guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        let endpoint = user.map { Route.modifyVoiceState.at(guild, $0) } ?? Route.modifyOwnVoiceState.at(guild)
        try await change(endpoint, body: SuppressBody(suppress: suppress, channelID: stage), deadline: deadline)
    }

    /// The line above a voice channel, at most 500 characters; nil clears it.
    public func setVoiceStatus(
        _ status: String?,
        of channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(
            Route.setVoiceStatus.at(channel), body: StatusBody(status: status.map { .set($0) } ?? .clear),
            reason: reason, deadline: deadline)
    }

    public func stage(of channel: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> StageInstance {
        try await get(Route.getStageInstance.at(channel), deadline: deadline)
    }

    /// `topic`: 1 to 120 characters.
    public func openStage(
        _ topic: String,
        in channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> StageInstance {
        try await make(
            Route.createStageInstance.at(), body: StageBody(channelID: channel, topic: topic), reason: reason,
            deadline: deadline)
    }

    public func modifyStage(
        of channel: Snowflake,
        topic: String,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> StageInstance {
        try await make(
            Route.modifyStageInstance.at(channel), body: StageBody(topic: topic), reason: reason, deadline: deadline)
    }

    public func closeStage(
        of channel: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteStageInstance.at(channel), reason: reason, deadline: deadline)
    }
}

private struct SuppressBody: RequestBody {
    let suppress: Bool
    let channelID: Snowflake
}

private struct StatusBody: RequestBody {
    let status: Edit<String>

    var problems: [String] {
        var limits = RequestLimits()
        limits.length(status.value, 1...500, "status")
        return limits.problems
    }
}

private struct StageBody: RequestBody {
    var channelID: Snowflake?
    let topic: String

    var problems: [String] {
        var limits = RequestLimits()
        limits.length(topic, 1...120, "topic")
        return limits.problems
    }
}
