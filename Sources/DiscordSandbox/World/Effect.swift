import Contracts

/// One thing that really happened, kept apart from the answers: an answer can be lost, an effect can not.
struct Effect: Equatable, Sendable {
    let kind: String
    let at: Timestamp
    let actorID: Snowflake
    let targetID: Snowflake?
    let channelID: Snowflake?
    let nonce: String?
    let reason: String?

    var json: JSONValue {
        [
            "kind": .string(kind), "at": .time(at), "actor_id": .id(actorID), "target_id": .id(targetID),
            "channel_id": .id(channelID), "nonce": .text(nonce), "reason": .text(reason),
        ]
    }
}

/// Exact counts since the start; the newest effects themselves.
struct EffectLedger: Sendable {
    private static let kept = 10_000

    private(set) var recent: [Effect] = []
    private(set) var byKind: [String: Int] = [:]
    private(set) var byNonce: [String: Int] = [:]
    private(set) var byReason: [String: Int] = [:]

    mutating func append(_ effect: Effect) {
        byKind[effect.kind, default: 0] += 1
        if let nonce = effect.nonce { byNonce[nonce, default: 0] += 1 }
        if let reason = effect.reason { byReason[reason, default: 0] += 1 }
        recent.append(effect)
        if recent.count >= 2 * Self.kept { recent.removeFirst(Self.kept) }
    }
}
