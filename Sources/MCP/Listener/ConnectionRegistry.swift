import NIOConcurrencyHelpers
import NIOCore

/// The open connections, to be told when the listener drains.
struct ConnectionRegistry: Sendable {
    private struct State {
        var channels: [ObjectIdentifier: any Channel] = [:]
        var isDraining = false
    }

    private let state = NIOLockedValueBox(State())

    var isDraining: Bool {
        state.withLockedValue { $0.isDraining }
    }

    func add(_ channel: any Channel) {
        let isDraining = state.withLockedValue { state in
            state.channels[ObjectIdentifier(channel)] = channel
            return state.isDraining
        }
        if isDraining { Self.tell(channel) }
    }

    func remove(_ channel: any Channel) {
        state.withLockedValue { state in
            _ = state.channels.removeValue(forKey: ObjectIdentifier(channel))
        }
    }

    /// Tells every connection, also those that come later.
    func drain() {
        let channels = state.withLockedValue { state in
            state.isDraining = true
            return Array(state.channels.values)
        }
        channels.forEach(Self.tell)
    }

    private static func tell(_ channel: any Channel) {
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
    }
}
