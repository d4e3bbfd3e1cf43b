import AsyncHTTPClient
import Contracts
import Logging
import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sends one attempt and reads its answer, within a time.
struct HTTPExchange: Sendable {
    enum Outcome: Sendable {
        case answer(RESTAnswer)
        /// No connection came about: nothing was sent.
        case notSent(String)
        /// Sent, at least in part, and no whole answer came.
        case unanswered(String)
        case cancelled
    }

    /// A page of members or messages is far below.
    static let maximumAnswerBytes = 16 << 20

    let client: HTTPClient
    let baseURL: String
    let headers: HTTPHeaders

    init(client: HTTPClient, baseURL: String, token: BotToken, userAgent: String) {
        self.client = client
        self.baseURL = baseURL.hasSuffix("/") ? String(baseURL.dropLast()) : baseURL
        headers = [
            "Authorization": "Bot \(token.secret)", "User-Agent": userAgent, "Accept": "application/json",
        ]
    }

    /// `renew` is called each `RateLease.renewal` until the outcome is there.
    func send(
        _ request: RESTRequest,
        within limit: Duration,
        renew: @escaping @Sendable () async -> Void
    ) async -> Outcome {
        await withTaskGroup(of: Outcome.self) { group in
            group.addTask { await perform(request) }
            group.addTask {
                while (try? await Task.sleep(for: RateLease.renewal)) != nil { await renew() }
                return .cancelled
            }
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                    return .unanswered("no answer in time")
                } catch {
                    return .cancelled
                }
            }
            defer { group.cancelAll() }
            return await group.next() ?? .cancelled
        }
    }

    private func perform(_ request: RESTRequest) async -> Outcome {
        var message = HTTPClientRequest(url: baseURL + request.path)
        message.method = HTTPMethod(rawValue: request.endpoint.route.method.rawValue)
        message.headers = headers
        if !request.endpoint.route.isAuthorized { message.headers.remove(name: "Authorization") }
        if let reason = request.reason {
            message.headers.add(name: "X-Audit-Log-Reason", value: reason.headerValue)
        }
        if let content = request.content {
            message.headers.add(name: "Content-Type", value: content.type)
            message.body = .bytes(ByteBuffer(bytes: content.bytes))
        }
        do {
            // The race with the sleep ends the attempt; a deadline here would not cover the body.
            let response = try await client.execute(message, deadline: .distantFuture)
            let body = try await response.body.collect(upTo: Self.maximumAnswerBytes)
            let answer = RESTAnswer(
                status: Int(response.status.code), headers: response.headers, body: Array(body.readableBytesView))
            return answer.isCutOff ? .unanswered("the answer is cut off") : .answer(answer)
        } catch {
            return Self.outcome(of: error)
        }
    }

    /// Errors are named by type: their texts can hold hosts and paths.
    private static func outcome(of error: any Error) -> Outcome {
        switch error {
        case let error as HTTPClientError: outcome(of: error)
        case is CancellationError: .cancelled
        case is NIOConnectionError: .notSent("no connection")
        // Only connecting gives these.
        case let error as IOError where [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH].contains(error.errnoCode):
            .notSent("no connection")
        case ChannelError.connectTimeout: .notSent("connection timed out")
        case is NIOTooManyBytesError: .unanswered("the answer is too long")
        default: .unanswered("connection lost (\(type(of: error)))")
        }
    }

    private static func outcome(of error: HTTPClientError) -> Outcome {
        switch error {
        case .cancelled, .alreadyShutdown: .cancelled
        case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: .notSent("connection timed out")
        case .invalidURL, .emptyHost, .emptyScheme: .notSent("the API URL is not valid")
        default: .unanswered("connection lost")
        }
    }
}
