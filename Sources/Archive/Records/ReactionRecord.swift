public import Contracts

/// An emoji as reactions carry it.
public struct EmojiRecord: Hashable, Sendable {
    /// Nil: a unicode emoji.
    public var id: Snowflake?
    /// The emoji itself, or a custom emoji's name; empty when that was deleted.
    public var name: String

    public init(id: Snowflake?, name: String) {
        self.id = id
        self.name = name
    }

    /// A custom emoji is its id, whatever it is called meanwhile.
    var key: String { id?.description ?? name }
}

/// How often a message has a reaction.
public struct ReactionRecord: Hashable, Sendable {
    public var emoji: EmojiRecord
    public var count: Int

    public init(emoji: EmojiRecord, count: Int) {
        self.emoji = emoji
        self.count = count
    }
}
