import Logging
import NIOCore
import NIOPosix
import NIOSSL

/// Keeps one connection to Redis up. Belongs to its event loop.
final class RedisLink {
    private enum Phase {
        case idle
        case connecting
        case ready(RedisConnectionHandler)
        /// Until the next attempt; commands fail at once with the reason of the last one.
        case backingOff(RedisError)
        case closed
    }

    private let url: RedisURL
    private let configuration: RedisClient.Configuration
    private let eventLoop: any EventLoop
    private let outbox: CommandOutbox
    private let logger: Logger
    private var phase = Phase.idle
    private var backoff = ReconnectBackoff()
    /// Commands that came while connecting.
    private var waiting: [QueuedCommand] = []
    private var connection: RedisConnectionHandler?

    init(
        url: RedisURL,
        configuration: RedisClient.Configuration,
        eventLoop: any EventLoop,
        outbox: CommandOutbox,
        logger: Logger
    ) {
        self.url = url
        self.configuration = configuration
        self.eventLoop = eventLoop
        self.outbox = outbox
        self.logger = logger
    }

    func submit(_ commands: [QueuedCommand]) {
        switch phase {
        case .idle:
            waiting += commands
            connect()
        case .connecting:
            waiting += commands
        case .ready(let connection):
            connection.send(commands)
        case .backingOff(let error):
            outbox.finish(commands, .failure(error))
        case .closed:
            outbox.finish(commands, .failure(.unavailable(reason: "the client is closed")))
        }
    }

    func close() {
        phase = .closed
        failWaiting(.unavailable(reason: "the client is closed"))
        connection?.close(.unavailable(reason: "the client is closed"))
    }

    private func connect() {
        phase = .connecting
        let bootstrap = ClientBootstrap(group: eventLoop).connectTimeout(TimeAmount(configuration.connectTimeout))
        let attempt =
            switch url.endpoint {
            case .unixSocket(let path): bootstrap.connect(unixDomainSocketPath: path)
            case .tcp(let host, let port, _): bootstrap.connect(host: host, port: port)
            }
        attempt.assumeIsolated().whenComplete { result in
            do {
                try self.adopt(try result.get())
            } catch {
                self.lost(.unavailable(reason: "\(error)"))
            }
        }
    }

    /// Handlers are added only now, because a name with several addresses makes a channel for each of them.
    private func adopt(_ channel: any Channel) throws {
        guard case .connecting = phase else { return channel.close(promise: nil) }
        do {
            let pipeline = channel.pipeline.syncOperations
            if case .tcp(_, _, tls: true) = url.endpoint {
                let context = try NIOSSLContext(configuration: .makeClientConfiguration())
                try pipeline.addHandler(NIOSSLClientHandler(context: context, serverHostname: url.serverName))
            }
            let connection = RedisConnectionHandler(
                login: loginCommands,
                timeout: TimeAmount(configuration.timeout),
                loginTimeout: TimeAmount(configuration.connectTimeout),
                outbox: outbox
            )
            connection.onReady = { [weak self] in self?.ready($0) }
            connection.onClosed = { [weak self] in self?.lost($0) }
            self.connection = connection
            try pipeline.addHandler(connection)
        } catch {
            channel.close(promise: nil)
            throw error
        }
    }

    private func ready(_ connection: RedisConnectionHandler) {
        guard case .connecting = phase else { return }
        logger.debug("Connected to Redis")
        backoff.succeeded()
        phase = .ready(connection)
        let commands = waiting
        waiting = []
        connection.send(commands)
    }

    /// The connection, or the attempt to have one, ended.
    private func lost(_ error: RedisError) {
        connection = nil
        if case .closed = phase { return }
        if case .ready = phase {
            logger.warning("Connection to Redis lost", metadata: ["reason": "\(error)"])
        } else {
            logger.debug("Redis cannot be reached", metadata: ["reason": "\(error)"])
        }
        failWaiting(error)
        var random = SystemRandomNumberGenerator()
        let delay = TimeAmount(backoff.failed(using: &random))
        phase = .backingOff(error)
        eventLoop.assumeIsolated().scheduleTask(in: delay) { [weak self] in
            guard let self, case .backingOff = self.phase else { return }
            self.connect()
        }
    }

    private func failWaiting(_ error: RedisError) {
        let commands = waiting
        waiting = []
        outbox.finish(commands, .failure(error))
    }

    private var loginCommands: [RedisCommand] {
        var commands: [RedisCommand] = []
        if let password = url.password {
            commands.append(RedisCommand(["AUTH"] + (url.user.map { [$0] } ?? []) + [password]))
        }
        if url.database != 0 { commands.append(RedisCommand("SELECT", String(url.database))) }
        // Also proves that something answers before the first caller relies on it: a frozen server accepts connections.
        commands.append(RedisCommand("PING"))
        return commands
    }
}

extension RedisURL {
    /// The name for SNI and the certificate; an address has none.
    fileprivate var serverName: String? {
        guard case .tcp(let host, let port, _) = endpoint else { return nil }
        return (try? SocketAddress(ipAddress: host, port: port)) == nil ? host : nil
    }
}
