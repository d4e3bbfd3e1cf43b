import HTTPTypes
public import Hummingbird
import NIOCore

/// The HTTP edge: the endpoint `/mcp` on a router, to which the front door adds its own routes.
public struct MCPEdge: Sendable {
    private let configuration: EdgeConfiguration
    private let server: MCPServer
    private let slots: RequestSlots
    private let bodies: BodyBudget

    public init(configuration: EdgeConfiguration, server: MCPServer) {
        self.configuration = configuration
        self.server = server
        slots = RequestSlots(limit: configuration.maximumConcurrentRequests)
        bodies = BodyBudget(limit: configuration.maximumBufferedBodies)
    }

    /// A router with the endpoint. Routes added to it get the same checks of host and origin; they may throw
    /// ``Problem``.
    public func makeRouter() -> Router<EdgeContext> {
        let router = Router(context: EdgeContext.self)
        router.add(middleware: EdgeMiddleware(configuration))
        // Every method, so that those we do not serve are told apart from a path that does not exist.
        for method: HTTPRequest.Method in [.post, .get, .delete, .put, .patch, .head, .options] {
            router.on("/mcp", method: method, use: respond)
        }
        return router
    }

    @Sendable
    private func respond(to request: Request, context: EdgeContext) async throws(Problem) -> Response {
        let place = RequestPlace(slots, context.connection)
        defer { place.giveBack() }
        let head = MCPRequest(method: request.method, headers: request.headers, id: context.requestID)
        let share = BodyShare(of: bodies)
        defer { share.giveBack() }
        let read = { () async throws(Problem) in try await body(of: request, share) }
        guard let connection = context.connection else {
            let sink = CollectingSink()
            switch await server.respond(to: head, sink: sink, hold: place, body: read) {
            case .whole(let response): return Response(response)
            case .streamed: return Response(sink.response)
            }
        }
        let sink = connection.makeSink(headers: context.responseHeaders)
        switch await server.respond(to: head, sink: sink, hold: place, body: read) {
        case .whole(let response): return Response(response)
        // Sent already: the listener looks at the sink, not at this.
        case .streamed: return Response(status: .ok)
        }
    }

    private func body(of request: Request, _ share: BodyShare) async throws(Problem) -> [UInt8] {
        let limit = configuration.maximumBody
        let tooLarge = Problem(.contentTooLarge, detail: "A body may have at most \(limit) bytes.")
        if let length = request.headers[.contentLength].flatMap(Int.init), length > limit { throw tooLarge }
        do {
            var bytes: [UInt8] = []
            for try await part in request.body {
                guard part.readableBytes <= limit - bytes.count else { throw tooLarge }
                try share.take(part.readableBytes)
                bytes.append(contentsOf: part.readableBytesView)
            }
            return bytes
        } catch let problem as Problem {
            throw problem
        } catch {
            throw Problem(.badRequest, detail: "The body did not arrive whole.")
        }
    }
}

extension Response {
    init(_ response: MCPResponse) {
        self.init(
            status: response.status,
            headers: response.headers,
            body: response.body.isEmpty ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: response.body)))
    }
}
