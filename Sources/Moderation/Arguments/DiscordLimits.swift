/// Discord's limits on what a command may carry.
///
/// "Characters" are unicode code points: Discord's API counts the code points of its decoded strings, so an emoji of
/// one scalar is 1 and a family emoji of seven scalars is 7
/// (<https://github.com/discord/discord-api-docs/issues/1315>).
enum DiscordLimits {
    /// <https://discord.com/developers/docs/resources/message#create-message>
    static let content = 2000
    /// <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
    static let embedTitle = 256
    static let embedDescription = 4096
    static let embedFields = 25
    static let embedFieldName = 256
    static let embedFieldValue = 1024
    static let embedFooter = 2048
    static let embedAuthor = 256
    static let embedTotal = 6000
    /// <https://discord.com/developers/docs/resources/audit-log#x-audit-log-reason>
    static let auditReason = 512
    /// Seconds. <https://discord.com/developers/docs/resources/guild#create-guild-ban>
    static let banDeleteSeconds = 604_800
    /// Seconds: 28 days. <https://discord.com/developers/docs/resources/guild#modify-guild-member>
    static let timeOutSeconds = 2_419_200
    /// <https://discord.com/developers/docs/resources/message#bulk-delete-messages>
    static let bulkDelete = 2...100
    /// Milliseconds: 14 days.
    static let bulkDeleteAge: Int64 = 14 * 86_400_000
}

extension StringProtocol {
    /// The length as Discord counts it.
    var discordLength: Int { unicodeScalars.count }
}
