import Contracts

/// Source: <https://discord.com/developers/docs/resources/poll#poll-object>
struct Poll: Equatable, Sendable {
    let question: JSONValue
    /// `poll_media` of each answer; ids count from 1.
    let answers: [JSONValue]
    var expiry: Timestamp
    let allowsSeveral: Bool
    var isFinalized = false
    /// By answer, in the order of the votes.
    var votes: [Int: [Snowflake]] = [:]

    func json(to reader: Snowflake?) -> JSONValue {
        let ids = Array(1...answers.count)
        let counts: [JSONValue] = ids.compactMap { id in
            guard let voters = votes[id], !voters.isEmpty else { return nil }
            return [
                "id": .int(id), "count": .int(voters.count), "me_voted": .bool(reader.map(voters.contains) ?? false),
            ]
        }
        return [
            "question": question,
            "answers": .array(zip(ids, answers).map { ["answer_id": .int($0.0), "poll_media": $0.1] }),
            "expiry": .time(expiry), "allow_multiselect": .bool(allowsSeveral), "layout_type": 1,
            "results": ["answer_counts": .array(counts), "is_finalized": .bool(isFinalized)],
        ]
    }

    /// The answer with the most votes; nil when nobody voted or several lead.
    var winner: Int? {
        let most = votes.values.map(\.count).max() ?? 0
        let leading = votes.filter { $0.value.count == most && most > 0 }.keys
        return leading.count == 1 ? leading.first : nil
    }
}
