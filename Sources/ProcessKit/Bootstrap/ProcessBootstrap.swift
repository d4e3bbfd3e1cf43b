public import Contracts
import FoundationEssentials
import Glibc
public import Logging
public import ServiceLifecycle
import UnixSignals

/// Starts and ends every process of the stack in the same way.
///
/// ```swift
/// await ProcessBootstrap.run(role: .gateway) { context in try await buildGateway(context) }
/// ```
public enum ProcessBootstrap {
    /// How long services may take to drain before they are cancelled. The supervisor kills later than that.
    public static let drainLimit: Duration = .seconds(20)

    /// Runs the services that `build` returns, in their order, until a signal, the parent's death or an error.
    ///
    /// SIGTERM and SIGINT drain: the services stop in reverse order. `build` calls ``Readiness/ready()`` itself, or hands
    /// it to the service that knows.
    /// - Parameters:
    ///   - flags: settings from the command line, by name; they win over the environment.
    ///   - build: makes the services. What it throws ends the process: ``ConfigurationFault`` with 78, all else with 1.
    public static func run(
        role: ProcessRole,
        flags: [String: String] = [:],
        build: @Sendable (ProcessContext) async throws -> [any Service]
    ) async -> Never {
        exit(await perform(role: role, flags: flags, build: build).rawValue)
    }

    private static func perform(
        role: ProcessRole,
        flags: [String: String],
        build: @Sendable (ProcessContext) async throws -> [any Service]
    ) async -> ExitStatus {
        // hiredis writes with write(2): a Redis that goes away would kill the process.
        signal(SIGPIPE, SIG_IGN)
        let environment = ProcessInfo.processInfo.environment
        do {
            let settings = try Settings(flags: flags, environment: environment)
            let context = try ProcessContext(
                role: role,
                settings: settings,
                logger: startLogging(role: role, settings: settings),
                readiness: Readiness(notifySocket: environment[ProcessProtocol.notifySocket]),
                heartbeatInterval: heartbeatInterval(in: environment),
                listeners: InheritedListener.all(in: environment))
            try context.dataDirectory.prepare()
            return await run(
                try await build(context), in: context,
                lifeline: environment[ProcessProtocol.lifeline].flatMap(Int32.init).map { Lifeline(descriptor: $0) })
        } catch let fault as ConfigurationFault {
            report(role: role, fault)
            return .wrongConfiguration
        } catch {
            report(role: role, error)
            return .failed
        }
    }

    /// Runs services until they end; the part of ``run(role:flags:build:)`` that a test can call.
    static func run(_ services: [any Service], in context: ProcessContext, lifeline: Lifeline?) async -> ExitStatus {
        typealias Entry = ServiceGroupConfiguration.ServiceConfiguration
        // Stopped in reverse: the notice hears of the stop first, heartbeat and lifeline watch over the drain to the last.
        var entries = [Entry(service: context.heartbeat)]
        if let lifeline {
            entries.append(
                Entry(
                    service: lifeline, successTerminationBehavior: .gracefullyShutdownGroup))
        }
        entries += services.map { Entry(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) }
        entries.append(Entry(service: StopNotice(readiness: context.readiness)))
        var configuration = ServiceGroupConfiguration(
            services: entries, gracefulShutdownSignals: [.sigterm, .sigint], logger: context.logger)
        configuration.maximumGracefulShutdownDuration = drainLimit
        do {
            try await ServiceGroup(configuration: configuration).run()
            return .done
        } catch let fault as ConfigurationFault {
            context.logger.error("wrong configuration", metadata: [LogKey.error: "\(fault)"])
            return .wrongConfiguration
        } catch {
            context.logger.error("process failed", metadata: [LogKey.error: "\(error)"])
            return .failed
        }
    }

    /// Sets up logging for the whole process; once.
    /// - Parameter write: where finished lines go.
    public static func startLogging(
        role: ProcessRole,
        settings: Settings,
        write: @escaping @Sendable ([UInt8]) -> Void = ProcessLogHandler.writeToStandardError
    ) -> Logger {
        let level = LogFormat.level(named: settings[.logLevel]) ?? .info
        let format = LogFormat(rawValue: settings[.logFormat].lowercased()) ?? .console
        LoggingSystem.bootstrap { _ in
            ProcessLogHandler(label: role.name, level: level, format: format, write: write)
        }
        return Logger(label: role.name)
    }

    /// Three beats fit into the time that the parent waits, so that one lost datagram does no harm.
    static func heartbeatInterval(in environment: [String: String]) -> Duration? {
        environment[ProcessProtocol.watchdogMicroseconds].flatMap(Int.init).flatMap { limit in
            limit > 0 ? .microseconds(limit / 3) : nil
        }
    }

    private static func report(role: ProcessRole, _ error: any Error) {
        ProcessLogHandler.writeToStandardError(Array("\(role.program): \(error)\n".utf8))
    }
}

/// Tells the parent that a stop began.
private struct StopNotice: Service {
    let readiness: Readiness

    func run() async throws {
        try await gracefulShutdown()
        readiness.stopping()
    }
}
