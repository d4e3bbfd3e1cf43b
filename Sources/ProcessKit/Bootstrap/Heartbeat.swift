import NIOConcurrencyHelpers
public import ServiceLifecycle

/// Proves to the parent that the work loop turns. A probe that hangs stops the beat, and the parent replaces the process.
public final class Heartbeat: Service {
    private let readiness: Readiness
    private let interval: Duration?
    private let probes = NIOLockedValueBox<[@Sendable () async -> Void]>([])

    /// - Parameter interval: time between two beats; nil: the parent does not watch.
    init(readiness: Readiness, interval: Duration?) {
        self.readiness = readiness
        self.interval = interval
    }

    /// Adds a check that returns soon when the process can work, for instance one empty job through the bus thread.
    public func addProbe(_ probe: @escaping @Sendable () async -> Void) {
        probes.withLockedValue { $0.append(probe) }
    }

    public func run() async throws {
        guard let interval else {
            try await gracefulShutdown()
            return
        }
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                for probe in self.probes.withLockedValue({ $0 }) { await probe() }
                self.readiness.beat()
                // Cancelled: the process ends.
                try? await Task.sleep(for: interval)
            }
        }
    }
}
