/// What a request that waits for input says of itself: sealed, it goes to the client and comes back with the answers.
struct RequestState: Sendable {
    /// One for all rounds of a request: an answer for a change counts once by it.
    let nonce: String
    let round: Int64
    /// Unix seconds.
    let expiry: Int64
    /// Keys of the questions that were asked last: no other answer counts.
    let asked: [String]
    /// Answers of earlier rounds.
    var answers: JSONObject

    init(nonce: String, round: Int64, expiry: Int64, asked: [String], answers: JSONObject) {
        self.nonce = nonce
        self.round = round
        self.expiry = expiry
        self.asked = asked
        self.answers = answers
    }

    init?(_ content: [UInt8]) {
        guard let value = try? JSONReader.read(content), let nonce = value["n"]?.string,
            let round = value["r"]?.integer, let expiry = value["e"]?.integer,
            let asked = value["q"]?.array, let answers = value["a"]?.object
        else { return nil }
        self.init(nonce: nonce, round: round, expiry: expiry, asked: asked.compactMap(\.string), answers: answers)
    }

    var content: [UInt8] {
        var writer = JSONWriter(capacity: 256)
        writer.object { writer in
            writer.member("n", nonce)
            writer.member("r", round)
            writer.member("e", expiry)
            writer.member("q", .array(asked.map { .string($0) }))
            writer.member("a", .object(answers))
        }
        return writer.bytes
    }
}
