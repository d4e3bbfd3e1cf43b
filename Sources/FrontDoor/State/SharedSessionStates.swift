import HTTPTypes
import MCP
import SharedState

/// What sessions of older clients asked for, one hash in Redis for each.
struct SharedSessionStates: SessionStore {
    private static let logLevel = "log"
    private static let resource = "r:"

    let redis: RedisClient

    func state(of session: String) async throws(Problem) -> SessionState {
        let fields: [String]
        do {
            fields = (try await redis.send(RedisCommand("HGETALL", Self.name(session))).array ?? []).compactMap(
                \.string)
        } catch {
            throw Self.unavailable
        }
        var state = SessionState()
        for index in stride(from: 0, to: fields.count - 1, by: 2) {
            if fields[index] == Self.logLevel {
                state.logLevel = LogLevel(rawValue: fields[index + 1])
            } else if fields[index].hasPrefix(Self.resource) {
                state.subscriptions.insert(String(fields[index].dropFirst(Self.resource.count)))
            }
        }
        return state
    }

    func setLogLevel(_ level: LogLevel, of session: String, until expiry: Int64) async throws(Problem) {
        try await change(session, RedisCommand("HSET", Self.name(session), Self.logLevel, level.rawValue), expiry)
    }

    func setSubscribed(
        _ isSubscribed: Bool, to uri: String, session: String, until expiry: Int64
    ) async throws(Problem) {
        let field = Self.resource + uri
        let command =
            isSubscribed
            ? RedisCommand("HSET", Self.name(session), field, "1") : RedisCommand("HDEL", Self.name(session), field)
        try await change(session, command, expiry)
    }

    private func change(_ session: String, _ command: RedisCommand, _ expiry: Int64) async throws(Problem) {
        do {
            _ = try await redis.send(command)
            _ = try await redis.send(RedisCommand("EXPIREAT", Self.name(session), String(expiry)))
        } catch {
            throw Self.unavailable
        }
    }

    private static func name(_ session: String) -> String {
        "dmcp:session:\(session)"
    }

    private static let unavailable = Problem(
        .serviceUnavailable, title: "Sessions cannot be kept", detail: "Try again in a few seconds.",
        headers: [.retryAfter: "2"])
}
