internal import CZeroMQ

/// Why a socket of the bus cannot be set up. Failures of single requests are `WireError`.
public enum BusError: Error, Hashable, Sendable {
    /// Not an address of the form `ipc://PATH` (at most 107 bytes) or `tcp://HOST:PORT`.
    case invalidAddress(String, reason: String)
    /// Plain tcp to another host would show every message to the network.
    case encryptionRequired(String)
    /// Another process serves this address; `holder` is its process id when it could be read.
    case addressInUse(path: String, holder: Int32?)
    /// A call into the system or into libzmq failed with this errno.
    case system(operation: String, errno: Int32)
    /// The reactor or the socket was shut down before.
    case closed
}

extension BusError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .invalidAddress(let address, let reason):
            "\(address) is not a bus address: \(reason). Use ipc://PATH or tcp://127.0.0.1:PORT."
        case .encryptionRequired(let address):
            "\(address) leaves this host and has no CURVE keys. Use an ipc:// address or a loopback tcp:// address."
        case .addressInUse(let path, let holder):
            "\(path) is served by \(holder.map { "process \($0)" } ?? "another process"). Stop it first."
        case .system(let operation, let errno):
            "\(operation): \(String(cString: zmq_strerror(errno)))"
        case .closed:
            "The bus was shut down."
        }
    }
}
