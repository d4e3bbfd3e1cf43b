import Logging
import NIOConcurrencyHelpers
import Testing

@testable import Discord

/// A gateway client with short waits against a scripted gateway.
struct GatewayFixture: Sendable {
    let gateway: ScriptedGateway
    let client: GatewayClient
    /// What the consumer got, in order.
    let applied: AsyncStream<GatewayDispatch>
    private let limitRequests: NIOLockedValueBox<Int>

    var startLimitRequests: Int { limitRequests.withLockedValue { $0 } }

    /// The outcome of `run`: nil when it ended because it was cancelled.
    /// - Parameter endsByItself: the run is waited for and not cancelled, which could come before the failure.
    static func run(
        session: ((_ url: String) -> GatewaySession)? = nil,
        buffer: DispatchBuffer = DispatchBuffer(),
        hold: (@Sendable () async -> Void)? = nil,
        compression: GatewayCompression = .none,
        granted: ApplicationFlags = [],
        endsByItself: Bool = false,
        _ body: @escaping @Sendable (GatewayFixture) async throws -> Void
    ) async throws -> GatewayFailure? {
        let gateway = try await ScriptedGateway()
        var configuration = GatewayConfiguration(intents: [.guilds, .guildMembers, .messageContent])
        configuration.compression = compression
        configuration.timing.invalidSessionWait = 0.001...0.002
        configuration.timing.reconnectBase = .milliseconds(1)
        configuration.timing.identifyBase = .milliseconds(1)
        let requests = NIOLockedValueBox(0)
        let url = gateway.url
        let token = try #require(BotToken(testToken))
        let around = GatewayClient.Surroundings(
            token: token, userAgent: "test", turns: FreeTurns(),
            startLimit: {
                requests.withLockedValue { $0 += 1 }
                return GatewayBot(
                    url: url, shards: 1,
                    sessionStartLimit: .init(total: 1000, remaining: 999, resetAfter: 0, maxConcurrency: 1))
            }, application: { granted }, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let client = GatewayClient(
            configuration: configuration, session: session?(url), around: around, buffer: buffer)
        let (applied, sink) = AsyncStream<GatewayDispatch>.makeStream()
        let fixture = GatewayFixture(gateway: gateway, client: client, applied: applied, limitRequests: requests)
        let outcome = try await withThrowingTaskGroup(of: GatewayFailure?.self) { group in
            group.addTask {
                do {
                    try await client.run { batch in
                        await hold?()
                        for dispatch in batch { sink.yield(dispatch) }
                    }
                    return nil
                } catch let failure as GatewayFailure {
                    return failure
                }
            }
            try await body(fixture)
            if !endsByItself { group.cancelAll() }
            return try await group.next() ?? nil
        }
        try await gateway.close()
        return outcome
    }

    func dispatch() async -> GatewayDispatch? {
        for await dispatch in applied { return dispatch }
        return nil
    }

    /// Connects and brings the session to READY.
    func becomeReady(interval: Int = 60_000) async throws -> ScriptedGateway.Peer {
        let peer = try #require(await gateway.connection())
        peer.hello(interval: interval)
        let identify = try #require(await peer.payload())
        #expect(identify.opcode == 2)
        peer.ready(resumeURL: gateway.url + "/resume")
        let ready = try #require(await dispatch())
        #expect(ready.name == "READY")
        return peer
    }

    /// The next connection, which must resume at that sequence.
    func resumed(at sequence: Int) async throws -> ScriptedGateway.Peer {
        let peer = try #require(await gateway.connection())
        peer.hello()
        let resume = try #require(await peer.payload())
        #expect(resume.opcode == 6)
        let members = try #require(JSONMembers(object: resume.data))
        #expect(members.integer("seq") == sequence)
        #expect(members.plainString("session_id") == "s-1")
        #expect(members.plainString("token") == testToken)
        return peer
    }
}
