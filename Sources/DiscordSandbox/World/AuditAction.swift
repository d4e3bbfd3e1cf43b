import Contracts

/// Source: <https://discord.com/developers/docs/resources/audit-log#audit-log-entry-object-audit-log-events>
enum AuditAction: Int, Sendable {
    case guildUpdate = 1
    case channelCreate = 10
    case channelUpdate = 11
    case channelDelete = 12
    case overwriteCreate = 13
    case overwriteUpdate = 14
    case overwriteDelete = 15
    case memberKick = 20
    case memberPrune = 21
    case memberBanAdd = 22
    case memberBanRemove = 23
    case memberUpdate = 24
    case memberRoleUpdate = 25
    case memberMove = 26
    case memberDisconnect = 27
    case botAdd = 28
    case roleCreate = 30
    case roleUpdate = 31
    case roleDelete = 32
    case inviteCreate = 40
    case inviteUpdate = 41
    case inviteDelete = 42
    case webhookCreate = 50
    case webhookUpdate = 51
    case webhookDelete = 52
    case emojiCreate = 60
    case emojiUpdate = 61
    case emojiDelete = 62
    case messageDelete = 72
    case messageBulkDelete = 73
    case messagePin = 74
    case messageUnpin = 75
    case integrationDelete = 82
    case stageCreate = 83
    case stageUpdate = 84
    case stageDelete = 85
    case stickerCreate = 90
    case stickerUpdate = 91
    case stickerDelete = 92
    case scheduledEventCreate = 100
    case scheduledEventUpdate = 101
    case scheduledEventDelete = 102
    case threadCreate = 110
    case threadUpdate = 111
    case threadDelete = 112
    case commandPermissionUpdate = 121
    case soundCreate = 130
    case soundUpdate = 131
    case soundDelete = 132
    case autoModerationRuleCreate = 140
    case autoModerationRuleUpdate = 141
    case autoModerationRuleDelete = 142
    case autoModerationBlock = 143
    case autoModerationFlag = 144
    case autoModerationTimeout = 145
    case onboardingUpdate = 167
    case homeSettingsUpdate = 191
    case voiceStatusUpdate = 192
    case voiceStatusDelete = 193

    /// The kind that `GET /sandbox/effects` counts.
    var effect: String {
        switch self {
        case .guildUpdate: "guild.update"
        case .channelCreate: "channel.create"
        case .channelUpdate: "channel.update"
        case .channelDelete: "channel.delete"
        case .overwriteCreate: "overwrite.create"
        case .overwriteUpdate: "overwrite.update"
        case .overwriteDelete: "overwrite.delete"
        case .memberKick: "member.kick"
        case .memberPrune: "member.prune"
        case .memberBanAdd: "ban.add"
        case .memberBanRemove: "ban.remove"
        case .memberUpdate: "member.update"
        case .memberRoleUpdate: "member.roles"
        case .memberMove: "member.move"
        case .memberDisconnect: "member.disconnect"
        case .botAdd: "bot.add"
        case .roleCreate: "role.create"
        case .roleUpdate: "role.update"
        case .roleDelete: "role.delete"
        case .inviteCreate: "invite.create"
        case .inviteUpdate: "invite.update"
        case .inviteDelete: "invite.delete"
        case .webhookCreate: "webhook.create"
        case .webhookUpdate: "webhook.update"
        case .webhookDelete: "webhook.delete"
        case .emojiCreate: "emoji.create"
        case .emojiUpdate: "emoji.update"
        case .emojiDelete: "emoji.delete"
        case .messageDelete: "message.delete"
        case .messageBulkDelete: "message.bulk_delete"
        case .messagePin: "message.pin"
        case .messageUnpin: "message.unpin"
        case .integrationDelete: "integration.delete"
        case .stageCreate: "stage.create"
        case .stageUpdate: "stage.update"
        case .stageDelete: "stage.delete"
        case .stickerCreate: "sticker.create"
        case .stickerUpdate: "sticker.update"
        case .stickerDelete: "sticker.delete"
        case .scheduledEventCreate: "scheduled_event.create"
        case .scheduledEventUpdate: "scheduled_event.update"
        case .scheduledEventDelete: "scheduled_event.delete"
        case .threadCreate: "thread.create"
        case .threadUpdate: "thread.update"
        case .threadDelete: "thread.delete"
        case .commandPermissionUpdate: "command.permissions"
        case .soundCreate: "sound.create"
        case .soundUpdate: "sound.update"
        case .soundDelete: "sound.delete"
        case .autoModerationRuleCreate: "auto_moderation_rule.create"
        case .autoModerationRuleUpdate: "auto_moderation_rule.update"
        case .autoModerationRuleDelete: "auto_moderation_rule.delete"
        case .autoModerationBlock: "auto_moderation.block"
        case .autoModerationFlag: "auto_moderation.flag"
        case .autoModerationTimeout: "auto_moderation.timeout"
        case .onboardingUpdate: "onboarding.update"
        case .homeSettingsUpdate: "home.update"
        case .voiceStatusUpdate: "voice_status.update"
        case .voiceStatusDelete: "voice_status.delete"
        }
    }
}
