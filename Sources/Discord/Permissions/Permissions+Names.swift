extension Permissions {
    /// Every known bit with the name that Discord's documentation uses, in the order of the bits.
    public static let named: [(permission: Permissions, name: String)] = [
        (.createInstantInvite, "CREATE_INSTANT_INVITE"),
        (.kickMembers, "KICK_MEMBERS"),
        (.banMembers, "BAN_MEMBERS"),
        (.administrator, "ADMINISTRATOR"),
        (.manageChannels, "MANAGE_CHANNELS"),
        (.manageGuild, "MANAGE_GUILD"),
        (.addReactions, "ADD_REACTIONS"),
        (.viewAuditLog, "VIEW_AUDIT_LOG"),
        (.prioritySpeaker, "PRIORITY_SPEAKER"),
        (.stream, "STREAM"),
        (.viewChannel, "VIEW_CHANNEL"),
        (.sendMessages, "SEND_MESSAGES"),
        (.sendTTSMessages, "SEND_TTS_MESSAGES"),
        (.manageMessages, "MANAGE_MESSAGES"),
        (.embedLinks, "EMBED_LINKS"),
        (.attachFiles, "ATTACH_FILES"),
        (.readMessageHistory, "READ_MESSAGE_HISTORY"),
        (.mentionEveryone, "MENTION_EVERYONE"),
        (.useExternalEmojis, "USE_EXTERNAL_EMOJIS"),
        (.viewGuildInsights, "VIEW_GUILD_INSIGHTS"),
        (.connect, "CONNECT"),
        (.speak, "SPEAK"),
        (.muteMembers, "MUTE_MEMBERS"),
        (.deafenMembers, "DEAFEN_MEMBERS"),
        (.moveMembers, "MOVE_MEMBERS"),
        (.useVAD, "USE_VAD"),
        (.changeNickname, "CHANGE_NICKNAME"),
        (.manageNicknames, "MANAGE_NICKNAMES"),
        (.manageRoles, "MANAGE_ROLES"),
        (.manageWebhooks, "MANAGE_WEBHOOKS"),
        (.manageGuildExpressions, "MANAGE_GUILD_EXPRESSIONS"),
        (.useApplicationCommands, "USE_APPLICATION_COMMANDS"),
        (.requestToSpeak, "REQUEST_TO_SPEAK"),
        (.manageEvents, "MANAGE_EVENTS"),
        (.manageThreads, "MANAGE_THREADS"),
        (.createPublicThreads, "CREATE_PUBLIC_THREADS"),
        (.createPrivateThreads, "CREATE_PRIVATE_THREADS"),
        (.useExternalStickers, "USE_EXTERNAL_STICKERS"),
        (.sendMessagesInThreads, "SEND_MESSAGES_IN_THREADS"),
        (.useEmbeddedActivities, "USE_EMBEDDED_ACTIVITIES"),
        (.moderateMembers, "MODERATE_MEMBERS"),
        (.viewCreatorMonetizationAnalytics, "VIEW_CREATOR_MONETIZATION_ANALYTICS"),
        (.useSoundboard, "USE_SOUNDBOARD"),
        (.createGuildExpressions, "CREATE_GUILD_EXPRESSIONS"),
        (.createEvents, "CREATE_EVENTS"),
        (.useExternalSounds, "USE_EXTERNAL_SOUNDS"),
        (.sendVoiceMessages, "SEND_VOICE_MESSAGES"),
        (.setVoiceChannelStatus, "SET_VOICE_CHANNEL_STATUS"),
        (.sendPolls, "SEND_POLLS"),
        (.useExternalApps, "USE_EXTERNAL_APPS"),
        (.pinMessages, "PIN_MESSAGES"),
        (.bypassSlowmode, "BYPASS_SLOWMODE"),
    ]

    /// Discord's names of the bits that are set, for messages and details; unknown bits have none.
    public var names: [String] {
        Self.named.filter { contains($0.permission) }.map(\.name)
    }

    /// One permission by Discord's name, for instance `BAN_MEMBERS`.
    public init?(name: some StringProtocol) {
        guard let entry = Self.named.first(where: { $0.name == name }) else { return nil }
        self = entry.permission
    }
}
