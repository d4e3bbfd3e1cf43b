internal import CZeroMQ
internal import Contracts
internal import Glibc

/// How a router names the connection that a message came from; new after each reconnect.
typealias Route = [UInt8]

extension BusSocket {
    enum Received {
        case message(BusMessage, from: Route)
        /// Frames that are no message of ours; dropped.
        case malformed
        /// Nothing waits.
        case none
    }

    /// - Parameter route: of the peer, for a router.
    func send(_ message: BusMessage, to route: Route? = nil) -> SendResult {
        var frames: [[UInt8]] = [message.header.bytes, message.body]
        if let route { frames.insert(route, at: 0) }
        if let attachment = message.attachment { frames.append(attachment) }
        return sendFrames(frames)
    }

    /// All of them or none: once the first frame is taken, libzmq takes the rest.
    func sendFrames(_ frames: [[UInt8]]) -> SendResult {
        for (index, frame) in frames.enumerated() {
            let result = sendFrame(frame, more: index + 1 < frames.count)
            guard case .sent = result else { return result }
        }
        return .sent
    }

    /// - Parameter isRouted: true for a router, whose messages begin with the route.
    func receive(isRouted: Bool) -> Received {
        var route: Route = []
        var header: BusHeader?
        var payload: [[UInt8]] = []
        var index = isRouted ? 0 : 1
        // zmq_msg_t must keep its address while libzmq knows it.
        return withUnsafeTemporaryAllocation(of: zmq_msg_t.self, capacity: 1) { buffer in
            guard let frame = buffer.baseAddress else { return .none }
            while true {
                zmq_msg_init(frame)
                defer { zmq_msg_close(frame) }
                guard zmq_msg_recv(frame, raw, ZMQ_DONTWAIT) >= 0 else { return .none }
                let bytes = UnsafeRawBufferPointer(start: zmq_msg_data(frame), count: zmq_msg_size(frame))
                switch index {
                case 0: route = [UInt8](bytes)
                case 1: header = try? BusHeader(bytes: bytes)
                case 2, 3: payload.append([UInt8](bytes))
                default: header = nil
                }
                index += 1
                guard zmq_msg_more(frame) == 0 else { continue }
                guard let header, let body = payload.first else { return .malformed }
                let attachment = payload.count > 1 ? payload[1] : nil
                return .message(BusMessage(header: header, body: body, attachment: attachment), from: route)
            }
        }
    }

    private func sendFrame(_ bytes: [UInt8], more: Bool) -> SendResult {
        let flags = ZMQ_DONTWAIT | (more ? ZMQ_SNDMORE : 0)
        while true {
            let count = bytes.withUnsafeBytes { zmq_send(raw, $0.baseAddress, $0.count, flags) }
            if count >= 0 { return .sent }
            switch zmq_errno() {
            case EINTR: continue
            case EHOSTUNREACH: return .unreachable
            default: return .full
            }
        }
    }
}
