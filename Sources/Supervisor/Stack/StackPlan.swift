import Contracts
import FoundationEssentials
import Glibc
import ProcessKit
import Supervision

/// Which processes a stack has and what each of them is given.
struct StackPlan: Sendable {
    let settings: Settings
    let directory: DataDirectory
    let roles: Set<ProcessRole>
    let frontDoors: Int
    let redis: EmbeddedRedis?
    let listener: ListeningSocket?
    /// What the supervisor adds to the settings, for those who may read it.
    private let computed: [String: String]
    private let programs: String

    /// Checks that everything needed is there, and makes it where that is ours to do.
    /// - Parameter only: nil: all roles that the settings call for.
    init(settings: Settings, directory: DataDirectory, only: Set<ProcessRole>?, wantsSandbox: Bool) throws {
        let roles = Self.roles(settings, only: only, wantsSandbox: wantsSandbox)
        let stateUsers: Set<ProcessRole> = [.frontDoor, .gateway, .executor]
        if !roles.contains(.redis), settings[.redisURL] == nil, !roles.isDisjoint(with: stateUsers) {
            throw ConfigurationFault("REDIS_URL must be set, since --only leaves the embedded redis out.")
        }
        if !roles.contains(.sandbox), !roles.isDisjoint(with: [.gateway, .executor]) {
            _ = try settings.required(.botToken)
        }
        self.settings = settings
        self.directory = directory
        self.roles = roles
        frontDoors = settings[.frontDoorCount]
        programs = Self.ownPath.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(
            separator: "/")
        for role in roles where role != .redis {
            let path = "\(programs)/\(role.program)"
            if access(path, X_OK) != 0 {
                throw ConfigurationFault("\(path) is not there. All programs of a release belong into one directory.")
            }
        }
        redis =
            roles.contains(.redis)
            ? try EmbeddedRedis(
                directory: directory.redis, searchPath: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin") : nil
        listener =
            roles.contains(.frontDoor)
            ? try ListeningSocket.open(host: settings[.serverHost], port: settings[.serverPort]) : nil

        var computed = [
            "DISCORD_MCP_DATA_DIR": directory.path, "DISCORD_MCP_BUS": settings[.bus] ?? directory.run,
        ]
        computed["REDIS_URL"] = redis?.endpoint.url
        computed["MCP_SERVER_PORT"] = (listener?.port).map(String.init)
        if roles.contains(.frontDoor) {
            computed["JWT_SECRET_KEY"] = try SigningSecret.obtain(settings, in: directory)
        }
        self.computed = computed
    }

    /// The children in the order of their start.
    var children: [ChildSpec] {
        let order: [ProcessRole] = [.redis, .audit, .sandbox, .gateway, .executor, .frontDoor]
        return order.filter(roles.contains).flatMap { role in
            (1...(role == .frontDoor ? frontDoors : 1)).compactMap { spec(ChildID(role, instance: $0)) }
        }
    }

    /// What a child of that role finds in its environment.
    func environment(for role: ProcessRole) -> [String: String] {
        var computed = computed
        if roles.contains(.sandbox) {
            // With a sandbox nobody gets the operator's token or an address of the real Discord, not even when the
            // sandbox's own description cannot be read: then a token that no server knows ends in a refusal.
            let world = SandboxWorld.read(from: directory.sandboxFile)
            computed["DISCORD_BOT_TOKEN"] = world?.token ?? "sandbox.is.away"
            computed["DISCORD_MCP_DISCORD_API_URL"] = world?.restURL ?? "http://127.0.0.1:1/api/v10"
            computed["DISCORD_MCP_DISCORD_GATEWAY_URL"] = world?.gatewayURL ?? "ws://127.0.0.1:1"
        }
        return settings.environment(for: role, computed: computed)
    }

    /// Nil: the supervisor starts no such child.
    private func spec(_ id: ChildID) -> ChildSpec? {
        switch id.role {
        case .supervisor: return nil
        case .redis:
            guard let redis else { return nil }
            return ChildSpec(id, readiness: .redis(redis.endpoint), policy: EmbeddedRedis.policy) { [self] in
                redis.launch(environment: environment(for: .redis))
            }
        case .audit: return ChildSpec(id) { [self] in launch(.audit) }
        case .sandbox:
            return ChildSpec(id) { [self] in
                // The same port after a crash: clients in tests know it.
                let port = SandboxWorld.read(from: directory.sandboxFile)?.port ?? 0
                return launch(
                    .sandbox,
                    arguments: ["--port", String(port), "--trickle", "5", "--ready-file", directory.sandboxFile])
            }
        case .gateway, .executor:
            return ChildSpec(id, after: [.redis, .audit, .sandbox]) { [self] in launch(id.role) }
        case .frontDoor:
            return ChildSpec(id, after: [.redis, .audit, .gateway, .executor]) { [self] in launch(.frontDoor) }
        }
    }

    private func launch(_ role: ProcessRole, arguments: [String] = []) -> ChildLaunch {
        let grants =
            listener.map { [ListenerGrant(name: ProcessProtocol.httpListener, descriptor: $0.descriptor)] } ?? []
        return ChildLaunch(
            executable: "\(programs)/\(role.program)", arguments: arguments, environment: environment(for: role),
            listeners: role == .frontDoor ? grants : [])
    }

    private static func roles(_ settings: Settings, only: Set<ProcessRole>?, wantsSandbox: Bool) -> Set<ProcessRole> {
        var roles = only ?? [.audit, .gateway, .executor, .frontDoor]
        if only == nil, settings[.redisURL] == nil { roles.insert(.redis) }
        if wantsSandbox || (only == nil && settings[.botToken] == nil) { roles.insert(.sandbox) }
        return roles
    }

    /// The path of this very program, links resolved.
    static var ownPath: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "discord-mcp"
    }
}
