import Bus
import Contracts

/// Asks the gateway process.
struct GatewayQueries: Sendable {
    /// How long a read may take when its caller names no deadline.
    static let patience: Int64 = 10_000

    let client: BusClient
    /// Unix milliseconds.
    let now: @Sendable () -> Int64

    /// - Parameter deadline: unix milliseconds.
    func ask(
        _ query: WireQuery, deadline: Int64, trace: TraceContext = .none
    ) async throws(WireError) -> (reply: WireQueryReply, attachment: [UInt8]?) {
        var random = SystemRandomNumberGenerator()
        let answer = try await client.request(
            kind: .query, body: query.wireBytes, id: .make(unixMilliseconds: now(), using: &random), deadline: deadline,
            trace: trace)
        let reply = try WireQueryReply(wireBytes: answer.body)
        if case .error(let error)? = reply.outcome { throw error }
        return (reply, answer.attachment)
    }

    func directory() async throws(WireError) -> WireDirectory {
        var query = WireQuery()
        query.scope.allGuilds = true
        query.scope.allChannels = true
        query.body = .getDirectory(WireGetDirectory())
        return try await ask(query, deadline: now() + Self.patience).reply.directory
    }

    func status() async throws(WireError) -> WireGatewayStatus {
        var query = WireQuery()
        query.body = .getGatewayStatus(WireGetGatewayStatus())
        return try await ask(query, deadline: now() + 2000).reply.status
    }

    func channel(_ id: Snowflake, deadline: Int64) async throws(WireError) -> WireDirectoryChannel {
        var body = WireResolveChannel()
        body.channelID = id.rawValue
        var query = WireQuery()
        query.scope.allGuilds = true
        query.scope.allChannels = true
        query.body = .resolveChannel(body)
        return try await ask(query, deadline: deadline).reply.channel
    }
}
