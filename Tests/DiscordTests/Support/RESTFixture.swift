import Contracts
import Logging

@testable import Discord

let testToken = "MTE5ODYy.secret-part.of-the-token"

/// A REST client on manual time against a scripted server.
struct RESTFixture: Sendable {
    let server: ScriptedHTTPServer
    let rest: DiscordREST
    let time: ManualTime

    static func run(
        _ replies: [ScriptedHTTPServer.Reply],
        attemptTimeout: Duration = .seconds(10),
        budget: InvalidRequestBudget = InvalidRequestBudget(),
        explainsRefusals: Bool = false,
        _ body: (RESTFixture) async throws -> Void
    ) async throws {
        let server = try await ScriptedHTTPServer(replies)
        let fixture = try RESTFixture(server: server, url: server.url, attemptTimeout, budget, explainsRefusals)
        do {
            try await body(fixture)
        } catch {
            try await fixture.close()
            throw error
        }
        try await fixture.close()
    }

    private init(
        server: ScriptedHTTPServer,
        url: String,
        _ attemptTimeout: Duration,
        _ budget: InvalidRequestBudget,
        _ explainsRefusals: Bool
    ) throws {
        let time = ManualTime()
        var configuration = DiscordREST.Configuration(projectURL: "https://example.org/bot", version: "1.2.3")
        configuration.baseURL = url
        configuration.attemptTimeout = attemptTimeout
        configuration.explainsRefusals = explainsRefusals
        struct BadToken: Error {}
        guard let token = BotToken(testToken) else { throw BadToken() }
        self.server = server
        self.time = time
        rest = DiscordREST(
            token: token, ledger: LocalRateLedger(share: 1, now: { time.now }), configuration: configuration,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, clock: time.clock, budget: budget)
    }

    private func close() async throws {
        try await rest.shutdown()
        try? await server.close()
    }

    /// The error of a call that must fail.
    func error(of call: () async throws(DiscordError) -> some Sendable) async -> DiscordError? {
        do {
            _ = try await call()
            return nil
        } catch {
            return error
        }
    }
}
