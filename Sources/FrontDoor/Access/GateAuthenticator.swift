import Contracts
import HTTPTypes
import MCP
import SharedState

/// Lets callers in: one Redis call says who it is and whether its limits allow one more request.
struct GateAuthenticator: CallerAuthenticator {
    let gate: FrontDoorGate
    let challenges: Challenges
    let journal: AccessJournal

    var missingCredential: Problem? {
        challenges.unauthorized(.missing)
    }

    func screen(_ bearer: String) async throws(Problem) {
        do throws(Refusal) {
            try await gate.screen(bearer: bearer)
        } catch {
            journal.refused(error)
            throw challenges.problem(error)
        }
    }

    func admit(_ request: AdmissionRequest) async throws(Problem) -> MCP.Admission {
        do throws(Refusal) {
            guard let effect = Self.effect(of: request) else {
                let grant = try await gate.authenticate(bearer: request.bearer)
                return MCP.Admission(caller: Caller(grant))
            }
            let admission = try await gate.admit(bearer: request.bearer, effect: effect)
            return MCP.Admission(caller: Caller(admission.grant), headers: admission.limitHeaders)
        } catch {
            journal.refused(error)
            throw challenges.problem(error)
        }
    }

    /// The class of limits that a request is counted in; nil: in none. What is no call of a known tool reads: it costs
    /// us no more.
    static func effect(of request: AdmissionRequest) -> ToolAccess.Effect? {
        guard request.isCounted else { return nil }
        return request.tool.flatMap(ToolAccess.named)?.effect ?? .read
    }
}

extension Caller {
    init(_ grant: AccessGrant) {
        self.init(id: grant.keyID, payload: grant)
    }

    var grant: AccessGrant? {
        payload as? AccessGrant
    }
}

extension SharedState.Admission {
    var limitHeaders: HTTPFields {
        limits.isEmpty ? [:] : .limits(limits)
    }
}

extension HTTPFields {
    static func limits(_ states: [RateLimitState]) -> HTTPFields {
        [.rateLimitPolicy: RateLimitHeaders.policy(states), .rateLimit: RateLimitHeaders.limit(states)]
    }
}

extension HTTPField.Name {
    // Both names are tokens of RFC 9110.
    static let rateLimitPolicy = HTTPField.Name("RateLimit-Policy")!
    static let rateLimit = HTTPField.Name("RateLimit")!
}
