public import HTTPTypes

/// Where a response goes that is told piece by piece. None of its calls waits: what cannot be sent now is kept, within
/// bounds.
public protocol ResponseSink: Sendable {
    func begin(_ status: HTTPResponse.Status, headers: HTTPFields)

    /// - Returns: false when the client is gone, or has read so little that too much is kept for it.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool

    /// The response is whole.
    func end()

    /// The response will never be whole: the connection closes.
    func abort()
}
