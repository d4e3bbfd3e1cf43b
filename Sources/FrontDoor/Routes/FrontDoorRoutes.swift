import Contracts
import Foundation
import HTTPTypes
import Hummingbird
import MCP
import NIOCore
import ProcessKit
import SharedState

/// Every route beside the MCP endpoint.
struct FrontDoorRoutes: Sendable {
    let name: String
    let version: String
    /// Origin and path prefix under which clients reach the server, without a slash at the end.
    let publicURL: String
    let gate: FrontDoorGate
    let challenges: Challenges
    let journal: AccessJournal
    let tools: any ToolProvider
    let status: StatusResource
    let mirror: DirectoryMirror
    let readiness: Readiness

    func add(to router: Router<EdgeContext>) {
        router.get("/") { _, _ in about() }
        router.get("/health") { _, _ in Response(json: Array(#"{"status":"ok"}"#.utf8)) }
        router.get("/ready") { _, _ in try ready() }
        router.get("/mcp/tools") { request, context in try await listTools(request, context) }
        router.get("/mcp/resources/**") { request, context in try await readResource(request, context) }
        router.post("/auth/token") { request, _ in try await issueToken(request) }
        router.get("/.well-known/oauth-protected-resource") { _, _ in protectedResource() }
        router.get("/.well-known/oauth-protected-resource/mcp") { _, _ in protectedResource() }
    }

    private func about() -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("name", name)
            writer.member("version", version)
            writer.member("mcp", "\(publicURL)/mcp")
            writer.name("links")
            writer.object { writer in
                writer.member("tools", "\(publicURL)/mcp/tools")
                writer.member("status", "\(publicURL)/mcp/resources/discord://status")
                writer.member("token", "\(publicURL)/auth/token")
                writer.member("health", "\(publicURL)/health")
                writer.member("ready", "\(publicURL)/ready")
            }
        }
        return Response(json: writer.bytes)
    }

    /// 503 while starting or stopping, so that balancers send nothing new. What is away behind is told, and is not a
    /// reason to send clients elsewhere: another front door would find the same.
    private func ready() throws(Problem) -> Response {
        guard readiness.phase == .ready else {
            throw Problem(
                .serviceUnavailable, title: "Not ready",
                detail: readiness.phase == .stopping ? "This front door is stopping." : "This front door is starting.",
                headers: [.retryAfter: "1"])
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("status", mirror.isCurrent ? "ready" : "degraded")
            writer.member("gateway", mirror.isCurrent ? "connected" : "away")
        }
        return Response(json: writer.bytes)
    }

    private func listTools(_ request: Request, _ context: EdgeContext) async throws(Problem) -> Response {
        let (caller, headers) = try await admit(request)
        var writer = JSONWriter(capacity: 16 << 10)
        writer.object { writer in
            writer.name("tools")
            writer.array { writer in
                for tool in tools.tools(for: caller) { writer.raw(tool.encoded) }
            }
        }
        return Response(json: writer.bytes, headers: headers)
    }

    private func readResource(_ request: Request, _ context: EdgeContext) async throws(Problem) -> Response {
        let (caller, headers) = try await admit(request)
        let path = request.uri.path.dropFirst("/mcp/resources/".count)
        let uri = path.removingPercentEncoding ?? String(path)
        guard uri == StatusResource.uri, let grant = caller.grant else {
            throw Problem(
                .notFound,
                detail: "There is no resource \(uri.prefix(200)). GET /mcp/resources/\(StatusResource.uri) is one.")
        }
        return Response(json: await status.json(for: caller, grant), headers: headers)
    }

    /// The key comes as `Authorization: Bearer …`.
    private func issueToken(_ request: Request) async throws(Problem) -> Response {
        var random = SystemRandomNumberGenerator()
        do throws(Refusal) {
            guard let key = BearerCredential.read(from: request.headers) else { throw .unauthenticated(.missing) }
            let token = try await gate.exchange(key: key, using: &random)
            journal.issuedToken(keyID: token.claims.keyID, tenant: token.claims.tenant)
            var writer = JSONWriter()
            writer.object { writer in
                writer.member("access_token", token.text)
                writer.member("token_type", "Bearer")
                writer.member("expires_in", token.claims.expiresAt - token.claims.issuedAt)
                writer.member("scope", token.claims.level.scope)
            }
            return Response(json: writer.bytes, headers: [.cacheControl: "no-store"])
        } catch {
            journal.refused(error)
            throw challenges.problem(error)
        }
    }

    /// RFC 9728: what a client reads after a 401.
    private func protectedResource() -> Response {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("resource", "\(publicURL)/mcp")
            writer.member("resource_name", name)
            writer.member("bearer_methods_supported", .array([.string("header")]))
            writer.member("scopes_supported", .array([.string(AccessLevel.readOnly.scope)]))
        }
        return Response(json: writer.bytes, headers: [.cacheControl: "max-age=300", .accessControlAllowOrigin: "*"])
    }

    private func admit(_ request: Request) async throws(Problem) -> (Caller, HTTPFields) {
        do throws(Refusal) {
            guard let bearer = BearerCredential.read(from: request.headers) else { throw .unauthenticated(.missing) }
            let admission = try await gate.admit(bearer: bearer, effect: .read)
            return (Caller(admission.grant), admission.limitHeaders)
        } catch {
            journal.refused(error)
            throw challenges.problem(error)
        }
    }
}
