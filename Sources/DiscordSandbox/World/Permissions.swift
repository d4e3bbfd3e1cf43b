/// Discord's permission bits. Source: <https://discord.com/developers/docs/topics/permissions>
struct Permissions: OptionSet, Hashable, Sendable {
    let rawValue: UInt64

    init(rawValue: UInt64) { self.rawValue = rawValue }
    private init(bit: UInt64) { rawValue = 1 << bit }

    static let createInvite = Permissions(bit: 0)
    static let kickMembers = Permissions(bit: 1)
    static let banMembers = Permissions(bit: 2)
    static let administrator = Permissions(bit: 3)
    static let manageChannels = Permissions(bit: 4)
    static let manageGuild = Permissions(bit: 5)
    static let addReactions = Permissions(bit: 6)
    static let viewAuditLog = Permissions(bit: 7)
    static let prioritySpeaker = Permissions(bit: 8)
    static let viewChannel = Permissions(bit: 10)
    static let sendMessages = Permissions(bit: 11)
    static let sendTTS = Permissions(bit: 12)
    static let manageMessages = Permissions(bit: 13)
    static let embedLinks = Permissions(bit: 14)
    static let attachFiles = Permissions(bit: 15)
    static let readMessageHistory = Permissions(bit: 16)
    static let mentionEveryone = Permissions(bit: 17)
    static let useExternalEmojis = Permissions(bit: 18)
    static let connect = Permissions(bit: 20)
    static let speak = Permissions(bit: 21)
    static let muteMembers = Permissions(bit: 22)
    static let deafenMembers = Permissions(bit: 23)
    static let moveMembers = Permissions(bit: 24)
    static let changeNickname = Permissions(bit: 26)
    static let manageNicknames = Permissions(bit: 27)
    static let manageRoles = Permissions(bit: 28)
    static let manageWebhooks = Permissions(bit: 29)
    static let manageExpressions = Permissions(bit: 30)
    static let requestToSpeak = Permissions(bit: 32)
    static let manageEvents = Permissions(bit: 33)
    static let manageThreads = Permissions(bit: 34)
    static let createPublicThreads = Permissions(bit: 35)
    static let createPrivateThreads = Permissions(bit: 36)
    static let useExternalStickers = Permissions(bit: 37)
    static let sendMessagesInThreads = Permissions(bit: 38)
    static let moderateMembers = Permissions(bit: 40)
    static let useSoundboard = Permissions(bit: 42)
    static let createExpressions = Permissions(bit: 43)
    static let createEvents = Permissions(bit: 44)
    static let setVoiceStatus = Permissions(bit: 48)
    static let sendPolls = Permissions(bit: 49)
    static let pinMessages = Permissions(bit: 51)
    static let bypassSlowmode = Permissions(bit: 52)

    /// Every documented bit: 0 to 52 without 47.
    static let all = Permissions(rawValue: (1 << 53) - 1 - (1 << 47))
    /// What a timed-out member keeps.
    static let timedOut: Permissions = [.viewChannel, .readMessageHistory]
    /// What @everyone has in a new guild.
    static let everyday: Permissions = [
        .createInvite, .addReactions, .viewChannel, .sendMessages, .embedLinks, .attachFiles, .readMessageHistory,
        .connect, .speak, .changeNickname, .createPublicThreads, .sendMessagesInThreads, .sendPolls,
        .useExternalEmojis, .useExternalStickers,
    ]
    /// What the two ends of a direct message have.
    static let directMessage: Permissions = [
        .addReactions, .viewChannel, .sendMessages, .embedLinks, .attachFiles, .readMessageHistory, .sendPolls,
        .pinMessages, .useExternalEmojis, .useExternalStickers,
    ]
    /// Nothing else can be done in a channel that one may not view.
    static let voiceOnly: Permissions = [.speak, .muteMembers, .deafenMembers, .moveMembers, .prioritySpeaker]

    /// The decimal string of the wire.
    init?(wire: JSONValue?) {
        switch wire {
        case .string(let text): guard let raw = UInt64(text) else { return nil }; rawValue = raw
        case .int(let value) where value >= 0: rawValue = UInt64(value)
        default: return nil
        }
    }

    var json: JSONValue { .string(String(rawValue)) }
}
