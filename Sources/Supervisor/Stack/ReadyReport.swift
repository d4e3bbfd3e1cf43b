import Contracts
import FoundationEssentials
import Glibc
import ProcessKit
import Supervision

/// The ready file: what outside programs need to use a stack that has just become ready.
struct ReadyReport: Codable {
    struct ProcessIDs: Codable {
        var supervisor: Int32
        var gateway: Int32?
        var executor: Int32?
        var audit: Int32?
        var frontDoors: [Int32]
        var redis: Int32?
        var sandbox: Int32?

        enum CodingKeys: String, CodingKey {
            case supervisor, gateway, executor, audit, redis, sandbox
            case frontDoors = "front_doors"
        }
    }

    var mcpURL: String
    var restURL: String
    var adminURL: String
    var pids: ProcessIDs
    var sandbox: SandboxWorld?
    /// Only at the first start with an empty data directory.
    var adminKey: String?

    enum CodingKeys: String, CodingKey {
        case pids, sandbox
        case mcpURL = "mcp_url"
        case restURL = "rest_url"
        case adminURL = "admin_url"
        case adminKey = "admin_key"
    }

    init(_ plan: StackPlan, processes: [ChildStatus], firstKey: String?) {
        let host = Settings.reachable(plan.settings[.serverHost])
        let base = "http://\(host):\(plan.listener?.port ?? plan.settings[.serverPort])"
        restURL = base
        mcpURL = "\(base)/mcp"
        adminURL = "\(base)/admin"
        func pid(_ role: ProcessRole) -> Int32? { processes.first { $0.role == role }?.pid }
        pids = ProcessIDs(
            supervisor: getpid(), gateway: pid(.gateway), executor: pid(.executor), audit: pid(.audit),
            frontDoors: processes.filter { $0.role == .frontDoor }.compactMap(\.pid), redis: pid(.redis),
            sandbox: pid(.sandbox))
        sandbox = plan.roles.contains(.sandbox) ? SandboxWorld.read(from: plan.directory.sandboxFile) : nil
        adminKey = firstKey
    }

    static func read(from path: String) -> ReadyReport? {
        guard let text = TextFile.read(path) else { return nil }
        return try? JSONDecoder().decode(ReadyReport.self, from: Data(text.utf8))
    }

    /// Whole or not at all, mode 0600.
    func write(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(Array(encoder.encode(self)) + [UInt8(ascii: "\n")], to: path)
    }

}
