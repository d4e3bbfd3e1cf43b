internal import CZeroMQ
internal import Contracts
internal import Glibc

/// Owner of one ZeroMQ socket. Not Sendable: it never leaves the actor, and so the thread, that made it.
final class BusSocket {
    enum Role {
        /// Asks one server.
        case dealer
        /// Answers many clients.
        case router
        case publisher
        case subscriber

        var type: CInt {
            switch self {
            case .dealer: ZMQ_DEALER
            case .router: ZMQ_ROUTER
            case .publisher: ZMQ_XPUB
            case .subscriber: ZMQ_SUB
            }
        }
    }

    enum SendResult {
        case sent
        /// The peer is slow or away: the socket takes no more now.
        case full
        /// The peer that the message was for is gone.
        case unreachable
    }

    let raw: UnsafeMutableRawPointer
    private var isOpen = true

    /// - Parameters:
    ///   - largestFrame: in bytes; a peer that sends more is cut off.
    ///   - sendQueue: messages that may wait for one peer.
    init(_ role: Role, on thread: ReactorThread, largestFrame: Int, sendQueue: Int) throws(BusError) {
        guard let context = thread.context else { throw .closed }
        guard let raw = zmq_socket(context, role.type) else {
            throw .system(operation: "zmq_socket", errno: zmq_errno())
        }
        self.raw = raw
        set(ZMQ_LINGER, 0)
        set(ZMQ_MAXMSGSIZE, Int64(largestFrame))
        set(ZMQ_SNDHWM, CInt(sendQueue))
        set(ZMQ_RECONNECT_IVL, 10)
        set(ZMQ_RECONNECT_IVL_MAX, 1000)
        switch role {
        case .dealer:
            set(ZMQ_IMMEDIATE, 1)
            set(ZMQ_HEARTBEAT_IVL, 1000)
            set(ZMQ_HEARTBEAT_TIMEOUT, 3000)
        case .router:
            set(ZMQ_ROUTER_MANDATORY, 1)
            set(ZMQ_ROUTER_HANDOVER, 1)
        case .subscriber:
            set(ZMQ_RCVHWM, 10_000)
            set(ZMQ_HEARTBEAT_IVL, 1000)
            set(ZMQ_HEARTBEAT_TIMEOUT, 3000)
            zmq_setsockopt(raw, ZMQ_SUBSCRIBE, BusHeader.magic, BusHeader.magic.count)
        case .publisher:
            break
        }
    }

    /// Adopts a socket that was set up elsewhere.
    init(adopting raw: UnsafeMutableRawPointer) {
        self.raw = raw
    }

    deinit {
        close(lingerMilliseconds: 0)
    }

    func connect(_ address: BusAddress) throws(BusError) {
        guard zmq_connect(raw, address.text) == 0 else {
            throw .system(operation: "connect \(address.text)", errno: zmq_errno())
        }
    }

    /// Binds after making sure that nobody else serves the address; the lock goes with the thread's context.
    func bind(_ address: BusAddress, on thread: ReactorThread) throws(BusError) {
        if let path = address.path {
            let directory = String(path[..<(path.lastIndex(of: "/") ?? path.startIndex)])
            if mkdir(directory, 0o700) != 0, errno != EEXIST {
                throw .system(operation: "mkdir \(directory)", errno: errno)
            }
            thread.keep(try AddressLock(socketPath: path))
        }
        guard zmq_bind(raw, address.text) == 0 else {
            throw .system(operation: "bind \(address.text)", errno: zmq_errno())
        }
        if let path = address.path, chmod(path, 0o600) != 0 {
            throw .system(operation: "chmod \(path)", errno: errno)
        }
    }

    /// Sends what is queued for at most that time, in the background.
    func close(lingerMilliseconds: CInt) {
        guard isOpen else { return }
        isOpen = false
        set(ZMQ_LINGER, lingerMilliseconds)
        zmq_close(raw)
    }

    private func set(_ option: CInt, _ value: some FixedWidthInteger) {
        withUnsafeBytes(of: value) { _ = zmq_setsockopt(raw, option, $0.baseAddress, $0.count) }
    }
}
