import Contracts

/// Any number of messages in no memory: each is computed from its index.
struct MessageArchive: Sendable {
    let channelID: Snowflake
    let guildID: Snowflake
    let seed: UInt64
    let count: Int
    let start: Timestamp
    let end: Timestamp
    /// Who speaks which language here.
    let speakers: [Speaker]

    struct Speaker: Sendable {
        let id: Snowflake
        let language: Phrases.Language
    }

    /// What can be known of a message without making it.
    struct Outline: Sendable {
        let id: Snowflake
        let authorID: Snowflake
        let language: Phrases.Language
        let phrase: Int
        let number: Int
        let bits: UInt64
    }

    /// Evenly spread in time; the low bits of the id differ, so that ids look made and not counted.
    private func id(at index: Int) -> Snowflake {
        let span = UInt64(end.milliseconds - start.milliseconds)
        let time =
            UInt64(start.milliseconds - Snowflake.epochMilliseconds)
            + (UInt64(index) * span) / UInt64(max(count, 1))
        // Bits 12 to 21 count within a millisecond for more than one message each.
        let slot = (UInt64(index) * span) % UInt64(max(count, 1)) * 1023 / UInt64(max(count, 1))
        return Snowflake(time << 22 | slot << 12 | UInt64(index) & 0xFFF)
    }

    func outline(at index: Int) -> Outline {
        var mix = SeededGenerator(seed: seed &+ UInt64(index) &* 0x2545_F491_4F6C_DD1D)
        let bits = mix.next()
        let speaker = speakers[Int(bits % UInt64(speakers.count))]
        let phrases = Phrases.large(speaker.language).count
        return Outline(
            id: id(at: index), authorID: speaker.id, language: speaker.language,
            phrase: Int((bits >> 20) % UInt64(phrases)), number: Int((bits >> 40) % 10_000), bits: bits)
    }

    func message(at index: Int) -> Message {
        let outline = outline(at: index)
        var message = Message(
            id: outline.id, channelID: channelID, guildID: guildID, author: .user(outline.authorID),
            content: outline.content)
        if outline.bits >> 60 == 0, index > 0 {
            message.kind = .reply
            let replied = self.outline(at: index - 1)
            message.reference = Message.Reference(messageID: replied.id, channelID: channelID)
            message.mentions.users = [replied.authorID]
        }
        if outline.bits >> 59 & 7 == 1 {
            message.reactions = [.init(emoji: .init(id: nil, name: "👍"), users: [outline.authorID])]
        }
        return message
    }

    func index(of id: Snowflake) -> Int? {
        let index = lowerBound(id)
        return index < count && self.id(at: index) == id ? index : nil
    }

    /// The index of the first message with that or a greater id.
    func lowerBound(_ id: Snowflake) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self.id(at: middle) < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension MessageArchive.Outline {
    var content: String { Phrases.large(language)[phrase].replacing("#", with: String(number)) }
}
