public import Contracts
import FoundationEssentials
import Glibc

/// One process as `discord-mcp status` shows it.
public struct ChildStatus: Hashable, Sendable, Codable {
    public var role: ProcessRole
    public var name: String
    public var pid: Int32?
    public var state: ChildState
    /// Starts after the first, planned or not.
    public var restarts: Int
    /// Seconds since the last start.
    public var uptime: Double?
    /// Resident memory in bytes.
    public var memory: Int?
    /// What the process says of itself.
    public var status: String?
    public var lastExit: String?

    public init(role: ProcessRole, name: String, pid: Int32?, state: ChildState, restarts: Int = 0) {
        self.role = role
        self.name = name
        self.pid = pid
        self.state = state
        self.restarts = restarts
        memory = pid.flatMap(Self.residentMemory)
    }

    private static func residentMemory(of pid: Int32) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/\(pid)/statm", encoding: .utf8) else { return nil }
        let words = text.split(separator: " ")
        return words.count > 1 ? Int(words[1]).map { $0 * Int(getpagesize()) } : nil
    }
}
