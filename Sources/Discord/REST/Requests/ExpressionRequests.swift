public import Contracts

/// Source: <https://discord.com/developers/docs/resources/emoji#create-guild-emoji>
public struct EmojiRequest: Hashable, Sendable, RequestBody {
    /// 2 to 32 letters, digits and underscores.
    public var name: String?
    /// Only of a new emoji, at most 256 KiB.
    public var image: DataURI?
    /// Who may use it; nil or empty is everybody. Only of a guild's emoji.
    public var roles: [Snowflake]?

    public init(name: String? = nil, image: DataURI? = nil, roles: [Snowflake]? = nil) {
        self.name = name
        self.image = image
        self.roles = roles
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 2...32, "name")
        limits.value(image?.size, 1...(256 << 10), "image")
        return limits.problems
    }
}

/// Source: <https://discord.com/developers/docs/resources/sticker#modify-guild-sticker>
public struct StickerRequest: Hashable, Sendable, RequestBody {
    /// 2 to 30 characters.
    public var name: String?
    /// Empty, or 2 to 100 characters.
    public var description: String?
    /// The emoji that suggests it; at most 200 characters.
    public var tags: String?

    public init(name: String? = nil, description: String? = nil, tags: String? = nil) {
        self.name = name
        self.description = description
        self.tags = tags
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 2...30, "name")
        limits.length(description, 0...100, "description")
        limits.length(tags, 1...200, "tags")
        return limits.problems
    }
}

/// Source: <https://discord.com/developers/docs/resources/soundboard#create-guild-soundboard-sound>
public struct SoundRequest: Hashable, Sendable, RequestBody {
    /// 2 to 32 characters.
    public var name: String?
    /// 0 to 1.
    public var volume: Double?
    public var emojiName: String?
    public var emojiID: Snowflake?
    /// Only of a new sound: MP3 or OGG, at most 512 KiB and 5.2 seconds.
    public var sound: DataURI?

    public init(name: String? = nil, sound: DataURI? = nil, volume: Double? = nil) {
        self.name = name
        self.sound = sound
        self.volume = volume
    }

    public var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 2...32, "name")
        limits.value(sound?.size, 1...(512 << 10), "sound")
        limits.require(volume.map { (0...1).contains($0) } ?? true, "volume: is not between 0 and 1")
        return limits.problems
    }
}
