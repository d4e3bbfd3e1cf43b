import HTTPTypes
public import Hummingbird
public import Logging
import NIOConcurrencyHelpers

/// What the edge knows of one HTTP request, for every route on its router.
public struct EdgeContext: RequestContext {
    public var coreContext: CoreRequestContextStorage
    /// Unique among all front doors; `X-Request-Id` of the response.
    public let requestID: String
    /// What every response has, also one that begins before its route returns.
    var responseHeaders = HTTPFields()
    /// The request's connection, when it is in reach.
    let connection: ConnectionInWork?

    public init(source: ApplicationRequestContextSource) {
        self.init(source: source, connection: nil)
    }

    init(source: ApplicationRequestContextSource, connection: ConnectionInWork?) {
        coreContext = CoreRequestContextStorage(source: source)
        requestID = RequestIdentity.next()
        self.connection = connection
    }

    /// The logger, with the request's id on every line.
    public var requestLogger: Logger {
        var logger = logger
        logger[metadataKey: "request.id"] = .string(requestID)
        return logger
    }
}

/// Ids of requests: a random half for the process, a count for the rest.
private enum RequestIdentity {
    private static let process = hexadecimal(UInt64.random(in: .min ... .max))
    private static let count = NIOLockedValueBox<UInt64>(0)

    static func next() -> String {
        let number = count.withLockedValue { count in
            count &+= 1
            return count
        }
        return process + hexadecimal(number)
    }

    private static func hexadecimal(_ value: UInt64) -> String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }
}
