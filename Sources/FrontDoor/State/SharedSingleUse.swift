import HTTPTypes
import MCP
import SharedState

/// Remembers in Redis which answers and confirmations were used: the first front door to ask gets them.
struct SharedSingleUse: SingleUse {
    let redis: RedisClient
    /// Unix seconds.
    let now: @Sendable () -> Int64

    func claim(_ id: String, until expiry: Int64) async throws(Problem) -> Bool {
        do {
            let seconds = String(max(1, expiry - now()))
            // Redis answers null when the key is there already.
            return try await redis.send(RedisCommand("SET", "dmcp:used:\(id)", "1", "NX", "EX", seconds)) != .null
        } catch {
            // Nobody can tell whether it was used: then it counts as used.
            throw Problem(
                .serviceUnavailable, title: "Confirmations cannot be checked", detail: "Try again in a few seconds.",
                headers: [.retryAfter: "2"])
        }
    }
}
