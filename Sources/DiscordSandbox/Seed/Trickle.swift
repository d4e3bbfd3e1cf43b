import Contracts

/// What happens by itself while the sandbox runs: mostly talk, sometimes a reaction.
struct Trickle: Sendable {
    private static let places = ["general", "general", "off-topic", "help", "deutsch"]

    private let seeded: SeededWorld
    private var random: SeededGenerator

    init(seeded: SeededWorld, seed: UInt64) {
        self.seeded = seeded
        random = SeededGenerator(seed: seed ^ 0x5EED)
    }

    /// Someone who may speak says something; nobody is there to be told of a refusal, so it is left at that.
    mutating func step(in world: inout World) {
        let person = People.all[Int.random(in: 0..<People.all.count, using: &random)]
        let place = Self.places[Int.random(in: 0..<Self.places.count, using: &random)]
        let phrases =
            place == "deutsch" ? Phrases.german : place == "help" ? Phrases.questions : Phrases.small(person.language)
        let text = phrases[Int.random(in: 0..<phrases.count, using: &random)]
        let (user, channel) = (seeded.user(person.name), seeded.channel(place))
        if Int.random(in: 0..<5, using: &random) == 0, let last = world.histories[channel]?.last {
            try? world.addReaction(Message.Emoji(id: nil, name: "👍"), to: last.id, in: channel, by: user)
        } else {
            _ = try? world.say(text, as: user, in: channel)
        }
    }
}
