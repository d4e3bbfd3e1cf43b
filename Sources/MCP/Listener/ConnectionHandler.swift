import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Runs a ``ConnectionState`` in a connection's pipeline.
///
/// There is one timer a connection, and it moves only when it would fire too late: most requests touch none.
final class ConnectionHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private var state: ConnectionState
    private var timer: (deadline: ContinuousClock.Instant, task: Scheduled<Void>)?

    init(limits: ConnectionLimits) {
        state = ConnectionState(limits: limits, now: .now)
    }

    func handlerAdded(context: ChannelHandlerContext) {
        schedule(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.task.cancel()
        timer = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head: state.headRead(at: .now)
        case .body(let bytes):
            if state.bodyRead(bytes.readableBytes) { return context.close(promise: nil) }
            if state.isDiscarding { return }
        case .end:
            if state.endRead(at: .now) { return context.close(promise: nil) }
        }
        context.fireChannelRead(data)
    }

    func channelReadComplete(context: ChannelHandlerContext) {
        schedule(context)
        readWhatIsDiscarded(context)
        context.fireChannelReadComplete()
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        state.writabilityChanged(context.channel.isWritable, at: .now)
        schedule(context)
        context.fireChannelWritabilityChanged()
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            guard head.status.kind != .informational, state.responseBegins() else { break }
            head.headerFields[.connection] = "close"
            return context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: break
        case .end:
            let ending = state.responseEnds(at: .now)
            schedule(context)
            readWhatIsDiscarded(context)
            guard ending != .stays else { break }
            context.writeAndFlush(data, promise: promise)
            return context.close(mode: ending == .closes ? .all : .output, promise: nil)
        }
        context.write(data, promise: promise)
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        // Not passed on: the handler behind this one would close a connection that waits for its next request at
        // once, and the request that is on its way would fail.
        guard event is ChannelShouldQuiesceEvent else { return context.fireUserInboundEventTriggered(event) }
        state.drain(at: .now)
        schedule(context)
    }

    /// The handlers behind this one stop reading when nobody consumes the request any more.
    private func readWhatIsDiscarded(_ context: ChannelHandlerContext) {
        if state.isDiscarding { context.read() }
    }

    private func schedule(_ context: ChannelHandlerContext) {
        guard let deadline = state.deadline else { return }
        if let timer {
            if timer.deadline <= deadline { return }
            timer.task.cancel()
        }
        let wait = max(.zero, ContinuousClock.now.duration(to: deadline))
        let task = context.eventLoop.assumeIsolated().scheduleTask(in: TimeAmount(wait)) {
            self.timer = nil
            if self.state.isExpired(at: .now) {
                context.close(promise: nil)
            } else {
                self.schedule(context)
            }
        }
        timer = (deadline, task)
    }
}
