internal import CZeroMQ

/// Tells when a dealer's or subscriber's one connection is made or lost.
final class ConnectionMonitor {
    let socket: BusSocket

    init(of observed: BusSocket, on thread: ReactorThread) throws(BusError) {
        guard let context = thread.context else { throw .closed }
        let endpoint = thread.newMonitorAddress()
        let events = ZMQ_EVENT_HANDSHAKE_SUCCEEDED | ZMQ_EVENT_DISCONNECTED
        guard zmq_socket_monitor(observed.raw, endpoint, events) == 0, let raw = zmq_socket(context, ZMQ_PAIR) else {
            throw .system(operation: "zmq_socket_monitor", errno: zmq_errno())
        }
        socket = BusSocket(adopting: raw)
        guard zmq_connect(raw, endpoint) == 0 else {
            throw .system(operation: "connect \(endpoint)", errno: zmq_errno())
        }
    }

    /// The next change: true is connected. Nil: no change waits.
    func nextChange() -> Bool? {
        var event: UInt16 = 0
        var bytes = [UInt8](repeating: 0, count: 256)
        // Two frames: event number with its value, then the address.
        let count = zmq_recv(socket.raw, &bytes, bytes.count, ZMQ_DONTWAIT)
        guard count >= 2 else { return nil }
        event = bytes.withUnsafeBytes { $0.loadUnaligned(as: UInt16.self) }
        _ = zmq_recv(socket.raw, &bytes, bytes.count, ZMQ_DONTWAIT)
        return CInt(event) == ZMQ_EVENT_HANDSHAKE_SUCCEEDED
    }
}
