import HTTPTypes
import NIOConcurrencyHelpers
import NIOCore

/// What a connection and the request it has in work must know of each other.
final class ConnectionInWork: Sendable {
    private struct State {
        var sink: ChannelSink?
        var outlivesConnection = false
    }

    private let channel: any Channel
    private let limits: SinkLimits
    let date: HTTPDate
    private let state = NIOLockedValueBox(State())

    init(_ channel: any Channel, limits: SinkLimits, date: HTTPDate) {
        self.channel = channel
        self.limits = limits
        self.date = date
    }

    /// The client's leaving does not cancel the request in work.
    var outlivesConnection: Bool {
        get { state.withLockedValue { $0.outlivesConnection } }
        set { state.withLockedValue { $0.outlivesConnection = newValue } }
    }

    /// For the request in work.
    func makeSink(headers: HTTPFields) -> ChannelSink {
        let sink = ChannelSink(channel, limits: limits, headers: headers, date: date)
        state.withLockedValue { $0.sink = sink }
        return sink
    }

    /// The request in work is answered.
    /// - Returns: the sink, when the answer went through it.
    func finish() -> ChannelSink? {
        let sink = state.withLockedValue { state in
            defer { state = State() }
            return state.sink
        }
        return sink?.hasBegun == true ? sink : nil
    }
}
