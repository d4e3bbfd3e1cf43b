import HTTPTypes
import NIOConcurrencyHelpers

/// Keeps a stream until it is whole: for servers of which no connection is in reach.
final class CollectingSink: ResponseSink {
    private let state = NIOLockedValueBox(MCPResponse(.ok))

    var response: MCPResponse {
        state.withLockedValue { $0 }
    }

    func begin(_ status: HTTPResponse.Status, headers: HTTPFields) {
        state.withLockedValue { $0 = MCPResponse(status, headers: headers) }
    }

    func write(_ bytes: [UInt8]) -> Bool {
        state.withLockedValue { $0.body += bytes }
        return true
    }

    func end() {}

    func abort() {}
}
