import Contracts
import HTTPTypes
import MCP
import SharedState
import Testing

@testable import FrontDoor

@Suite struct ChallengeTests {
    private let challenges = Challenges(resourceMetadata: "https://h/.well-known/oauth-protected-resource/mcp")

    @Test func withoutACredentialTheChallengeNamesNoError() {
        let problem = challenges.unauthorized(.missing)
        #expect(problem.status == .unauthorized)
        #expect(
            problem.headers[.wwwAuthenticate]
                == #"Bearer resource_metadata="https://h/.well-known/oauth-protected-resource/mcp", scope="discord.read""#
        )
    }

    @Test func aWrongCredentialIsAnInvalidToken() {
        let problem = challenges.problem(.unauthenticated(.invalid))
        #expect(problem.headers[.wwwAuthenticate]?.hasSuffix(#"error="invalid_token""#) == true)
    }

    @Test func aLimitSaysWhenToComeBack() {
        let state = RateLimitState(policy: "key", limit: .standard, remaining: 0, reset: .milliseconds(1500))
        let problem = challenges.problem(
            .rateLimited(RateLimitRefusal(policy: "key", retryAfter: .milliseconds(1500), limits: [state])))
        #expect(problem.status == .tooManyRequests)
        #expect(problem.headers[.retryAfter] == "2")
        #expect(problem.headers[.rateLimit] == #""key";r=0;t=2"#)
        #expect(problem.headers[.rateLimitPolicy] == #""key";q=100;w=60"#)
    }

    @Test func withoutRedisTheServerSaysSo() {
        let problem = challenges.problem(.unavailable)
        #expect(problem.status == .serviceUnavailable)
        #expect(problem.headers[.retryAfter] == "2")
    }

    @Test func sessionIdsAreSealedAndOpened() throws {
        let sessions = SignedSessions(signer: SessionSigner(secret: try JWTSecret("q8Zx1vT0rN5kW2mB7cY4hL9sD3fG6jPa")))
        let id = sessions.seal(#"{"v":"2025-11-25","name":"ü"}"#)
        #expect(id.utf8.allSatisfy { (0x21...0x7E).contains($0) })
        #expect(sessions.open(id) == #"{"v":"2025-11-25","name":"ü"}"#)
        #expect(sessions.open(id.replacing(id.prefix(1), with: "X", maxReplacements: 1)) == nil)
        let other = SignedSessions(signer: SessionSigner(secret: try JWTSecret("aPj6Gf3Ds9Lh4Yc7Bm2Wk5Nr0Tv1xZ8q")))
        #expect(other.open(id) == nil)
    }
}

@Suite struct RefusalBudgetTests {
    @Test func aFloodOfRefusalsIsCountedInsteadOfWritten() {
        var budget = RefusalBudget()
        for _ in 0..<RefusalBudget.perMinute { #expect(budget.take(now: 60_000) == 0) }
        for _ in 0..<500 { #expect(budget.take(now: 61_000) == nil) }
        #expect(budget.take(now: 120_000) == 500)
        #expect(budget.take(now: 120_001) == 0)
    }
}
