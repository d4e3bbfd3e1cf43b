public import Contracts

// A guild's own need MANAGE_GUILD_EXPRESSIONS, or CREATE_GUILD_EXPRESSIONS for those that the bot made.
extension DiscordREST {
    public func emojis(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> [Emoji] {
        try await get(Route.listGuildEmojis.at(guild), deadline: deadline)
    }

    public func emoji(
        _ id: Snowflake, of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> Emoji {
        try await get(Route.getGuildEmoji.at(guild, id), deadline: deadline)
    }

    public func createEmoji(
        _ emoji: EmojiRequest,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Emoji {
        try await make(Route.createGuildEmoji.at(guild), body: emoji, reason: reason, deadline: deadline)
    }

    public func modifyEmoji(
        _ id: Snowflake,
        of guild: Snowflake,
        _ emoji: EmojiRequest,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Emoji {
        try await make(Route.modifyGuildEmoji.at(guild, id), body: emoji, reason: reason, deadline: deadline)
    }

    public func deleteEmoji(
        _ id: Snowflake, of guild: Snowflake, reason: AuditLogReason? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteGuildEmoji.at(guild, id), reason: reason, deadline: deadline)
    }

    /// The app's own emojis, which it may use everywhere.
    public func applicationEmojis(
        of application: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> [Emoji] {
        let list: ItemList<Emoji> = try await get(Route.listApplicationEmojis.at(application), deadline: deadline)
        return list.items ?? []
    }

    public func createApplicationEmoji(
        _ emoji: EmojiRequest, of application: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> Emoji {
        try await make(Route.createApplicationEmoji.at(application), body: emoji, deadline: deadline)
    }

    public func modifyApplicationEmoji(
        _ id: Snowflake, of application: Snowflake, _ emoji: EmojiRequest, deadline: Deadline? = nil
    ) async throws(DiscordError) -> Emoji {
        try await make(Route.modifyApplicationEmoji.at(application, id), body: emoji, deadline: deadline)
    }

    public func deleteApplicationEmoji(
        _ id: Snowflake, of application: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteApplicationEmoji.at(application, id), deadline: deadline)
    }

    public func stickers(of guild: Snowflake, deadline: Deadline? = nil) async throws(DiscordError) -> [Sticker] {
        try await get(Route.listGuildStickers.at(guild), deadline: deadline)
    }

    public func sticker(
        _ id: Snowflake, of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> Sticker {
        try await get(Route.getGuildSticker.at(guild, id), deadline: deadline)
    }

    /// PNG, APNG, GIF or Lottie of at most 512 KiB. The request needs name and tags.
    public func createSticker(
        _ sticker: StickerRequest,
        file: FileUpload,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Sticker {
        let endpoint = Route.createGuildSticker.at(guild)
        var limits = RequestLimits()
        limits.value(file.bytes.count, 1...(512 << 10), "file")
        limits.require(sticker.name != nil, "name: is missing")
        limits.require(sticker.tags != nil, "tags: is missing")
        try Self.check(limits.problems + sticker.problems, endpoint)
        var random = SystemRandomNumberGenerator()
        var form = MultipartBody(using: &random)
        form.add("name", text: sticker.name ?? "")
        form.add("description", text: sticker.description ?? "")
        form.add("tags", text: sticker.tags ?? "")
        form.add("file", file: file)
        var request = RESTRequest(endpoint)
        request.content = form.content
        request.reason = reason
        return try read(try await send(request, deadline: deadline), of: request)
    }

    public func modifySticker(
        _ id: Snowflake,
        of guild: Snowflake,
        _ sticker: StickerRequest,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> Sticker {
        try await make(Route.modifyGuildSticker.at(guild, id), body: sticker, reason: reason, deadline: deadline)
    }

    public func deleteSticker(
        _ id: Snowflake, of guild: Snowflake, reason: AuditLogReason? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteGuildSticker.at(guild, id), reason: reason, deadline: deadline)
    }

    public func sounds(
        of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> [SoundboardSound] {
        let list: ItemList<SoundboardSound> = try await get(Route.listGuildSounds.at(guild), deadline: deadline)
        return list.items ?? []
    }

    public func sound(
        _ id: Snowflake, of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> SoundboardSound {
        try await get(Route.getGuildSound.at(guild, id), deadline: deadline)
    }

    public func createSound(
        _ sound: SoundRequest,
        in guild: Snowflake,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> SoundboardSound {
        try await make(Route.createGuildSound.at(guild), body: sound, reason: reason, deadline: deadline)
    }

    public func modifySound(
        _ id: Snowflake,
        of guild: Snowflake,
        _ sound: SoundRequest,
        reason: AuditLogReason? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> SoundboardSound {
        try await make(Route.modifyGuildSound.at(guild, id), body: sound, reason: reason, deadline: deadline)
    }

    public func deleteSound(
        _ id: Snowflake, of guild: Snowflake, reason: AuditLogReason? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteGuildSound.at(guild, id), reason: reason, deadline: deadline)
    }
}
