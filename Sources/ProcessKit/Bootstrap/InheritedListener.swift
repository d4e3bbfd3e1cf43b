import Contracts

/// A listening socket that the parent opened.
public struct InheritedListener: Hashable, Sendable {
    public let descriptor: Int32
    public let name: String

    /// What `LISTEN_FDS` and `LISTEN_FDNAMES` say. `LISTEN_PID` is not asked for: the parent execs us directly.
    static func all(in environment: [String: String]) -> [InheritedListener] {
        guard let count = environment[ProcessProtocol.listenCount].flatMap(Int32.init), (1...64).contains(count) else {
            return []
        }
        let names = environment[ProcessProtocol.listenNames, default: ""].split(
            separator: ":", omittingEmptySubsequences: false)
        return (0..<count).map { index in
            InheritedListener(
                descriptor: ProcessProtocol.firstInheritedDescriptor + index,
                name: Int(index) < names.count ? String(names[Int(index)]) : "")
        }
    }
}
