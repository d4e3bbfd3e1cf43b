import Archive
import Contracts
import Discord

extension DispatchTranslator {
    /// Source: <https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object-audit-log-events>
    private static let memberBanAdd = 22

    func banned(_ event: GuildUserEvent, now: Int64) -> Translation {
        let ban = BanRecord(
            guildID: event.guildID, userID: event.user.id, userName: event.user.displayName, seenAt: now)
        return Translation(
            mutations: [.banned(ban)],
            event: WireEvent(type: "GUILD_BAN_ADD", guild: event.guildID, user: event.user.id))
    }

    func unbanned(_ event: GuildUserEvent) -> Translation {
        Translation(
            mutations: [.unbanned(guild: event.guildID, user: event.user.id)],
            event: WireEvent(type: "GUILD_BAN_REMOVE", guild: event.guildID, user: event.user.id))
    }

    /// The ban's event says neither who banned nor why: the audit log does. Other entries are Discord's to keep.
    func recorded(_ entry: AuditLogEntry, now: Int64) -> Translation? {
        guard entry.actionType == Self.memberBanAdd, let guildID = entry.guildID,
            let user = entry.targetID.flatMap({ Snowflake($0) })
        else { return nil }
        let ban = BanRecord(
            guildID: guildID, userID: user, userName: "", seenAt: now, moderatorID: entry.userID,
            reason: entry.reason)
        return Translation(mutations: [.banExplained(ban)])
    }
}
