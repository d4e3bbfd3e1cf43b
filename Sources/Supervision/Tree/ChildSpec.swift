public import Contracts

/// Names one child: front doors are several.
public struct ChildID: Hashable, Sendable, CustomStringConvertible {
    public let role: ProcessRole
    /// From 1; a replacement gets a new one.
    public let instance: Int

    public init(_ role: ProcessRole, instance: Int = 1) {
        self.role = role
        self.instance = instance
    }

    public var description: String {
        role == .frontDoor ? "\(role)-\(instance)" : role.name
    }
}

/// A listening socket that a child inherits under a name.
public struct ListenerGrant: Hashable, Sendable {
    public let name: String
    public let descriptor: Int32

    public init(name: String, descriptor: Int32) {
        self.name = name
        self.descriptor = descriptor
    }
}

/// What is needed to start a child once.
public struct ChildLaunch: Sendable {
    /// Absolute path.
    public var executable: String
    public var arguments: [String]
    /// The whole environment, but for the process protocol that the tree adds.
    public var environment: [String: String]
    /// What the child reads from its standard input, at most 64 KiB; empty: /dev/null.
    public var standardInput: [UInt8]
    public var listeners: [ListenerGrant]

    public init(
        executable: String,
        arguments: [String] = [],
        environment: [String: String] = [:],
        standardInput: [UInt8] = [],
        listeners: [ListenerGrant] = []
    ) {
        self.executable = executable
        self.arguments = arguments
        self.environment = environment
        self.standardInput = standardInput
        self.listeners = listeners
    }
}

/// How a child shows that it is ready and alive.
public enum ReadinessSource: Hashable, Sendable {
    /// It speaks sd_notify.
    case notify
    /// It is a Redis: it answers PING.
    case redis(RedisEndpoint)
}

/// One child of the tree.
public struct ChildSpec: Sendable {
    public var id: ChildID
    /// Started when these have been ready, and stopped before them.
    public var after: Set<ProcessRole>
    public var readiness: ReadinessSource
    public var policy: RestartPolicy
    /// Asked before each start, so that a child gets what its dependencies say now.
    public var launch: @Sendable () throws -> ChildLaunch

    public init(
        _ id: ChildID,
        after: Set<ProcessRole> = [],
        readiness: ReadinessSource = .notify,
        policy: RestartPolicy = RestartPolicy(),
        launch: @escaping @Sendable () throws -> ChildLaunch
    ) {
        self.id = id
        self.after = after
        self.readiness = readiness
        self.policy = policy
        self.launch = launch
    }
}
