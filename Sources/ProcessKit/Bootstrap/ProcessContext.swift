public import Configuration
public import Contracts
public import Logging

/// What a process is built from. Tests make one with the memberwise initialiser and call the same build function.
public struct ProcessContext: Sendable {
    public let role: ProcessRole
    public let settings: Settings
    public let logger: Logger
    public let dataDirectory: DataDirectory
    public let bus: BusAddresses
    public let readiness: Readiness
    public let heartbeat: Heartbeat
    public let listeners: [InheritedListener]

    /// For swift-configuration's readers; same values as ``settings``.
    public var config: ConfigReader { settings.reader }

    /// The inherited listener for HTTP; nil: the process opens its own.
    public var httpListener: InheritedListener? {
        listeners.first { $0.name == ProcessProtocol.httpListener }
    }

    /// - Parameter readiness: one that tells nobody unless given.
    public init(
        role: ProcessRole,
        settings: Settings,
        logger: Logger,
        readiness: Readiness = Readiness(),
        heartbeatInterval: Duration? = nil,
        listeners: [InheritedListener] = []
    ) throws(ConfigurationFault) {
        self.role = role
        self.settings = settings
        self.logger = logger
        self.readiness = readiness
        self.listeners = listeners
        heartbeat = Heartbeat(readiness: readiness, interval: heartbeatInterval)
        dataDirectory = try DataDirectory(path: settings[.dataDirectory])
        bus = BusAddresses(directory: settings[.bus] ?? dataDirectory.run)
    }
}
