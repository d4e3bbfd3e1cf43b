import HTTPTypes
import Hummingbird
import Logging

/// What every request to any route passes: host, origin, CORS; and what every response gets: the request's id, and
/// for an error a body that tells nothing of the inside.
struct EdgeMiddleware: RouterMiddleware {
    private let hosts: HostPolicy
    private let origins: OriginPolicy
    private let cors: Bool
    private let hostExemptPaths: Set<String>

    init(_ configuration: EdgeConfiguration) {
        hosts = HostPolicy(allowed: configuration.allowedHosts)
        origins = OriginPolicy(allowed: configuration.allowedOrigins)
        cors = configuration.cors
        hostExemptPaths = configuration.hostExemptPaths
    }

    func handle(
        _ request: Request,
        context: EdgeContext,
        next: @concurrent (Request, EdgeContext) async throws -> Response
    ) async throws -> Response {
        var headers: HTTPFields = [.requestID: context.requestID]
        if cors, let origin = request.headers[.origin], origins.allows(origin) {
            CORSPolicy.add(origin: origin, to: &headers)
        }
        var context = context
        context.responseHeaders = headers
        var response: Response
        do {
            try check(request)
            if cors, CORSPolicy.isPreflight(request.head) {
                response = Response(status: .noContent, headers: CORSPolicy.preflight(request.head))
            } else {
                response = try await next(request, context)
            }
        } catch {
            response = problem(for: error, context).response(requestID: context.requestID)
        }
        for field in headers { response.headers[field.name] = field.value }
        return response
    }

    private func check(_ request: Request) throws(Problem) {
        if !hostExemptPaths.contains(request.uri.path), !hosts.allows(request.head.authority) {
            throw Problem(.misdirectedRequest, detail: "The server is not known under the name in Host.")
        }
        let sent = request.headers[values: .origin]
        guard sent.count <= 1, sent.allSatisfy(origins.allows) else {
            throw Problem(.forbidden, detail: "Pages of this origin may not call the server.")
        }
    }

    private func problem(for error: any Error, _ context: EdgeContext) -> Problem {
        if let problem = error as? Problem { return problem }
        // The router's and Hummingbird's own: only the status is meant for outside.
        if let error = error as? any HTTPResponseError { return Problem(error.status) }
        if !(error is CancellationError) {
            context.requestLogger.error("Request failed", metadata: ["error": "\(error)"])
        }
        return Problem(.internalServerError)
    }
}
