import Bus
import Contracts
import Glibc
import Logging
import ProcessKit
import SharedState

/// Writes down what an operator does to keys.
struct OperatorJournal {
    private let address: String

    init(settings: Settings, directory: DataDirectory) {
        address = BusAddresses(directory: settings[.bus] ?? directory.run).records
    }

    /// - Parameter outcome: `begun` for what is to come, `ok` for what was done.
    /// - Throws: ``CommandFailure`` when the audit writer does not say that it has the record.
    func record(
        _ action: String, of key: KeyRecord, outcome: String = "ok", within timeout: Duration = .seconds(2)
    ) async throws {
        let reactor = try BusReactor()
        let result = await append(action, key, outcome, timeout, reactor)
        await reactor.shutdown()
        if let failure = result { throw failure }
    }

    private func append(
        _ action: String, _ key: KeyRecord, _ outcome: String, _ timeout: Duration, _ reactor: BusReactor
    ) async -> CommandFailure? {
        let record = WireAuditRecord.make {
            $0.kind = .lifecycle
            $0.timeUnixUs = WallClock.unixMilliseconds * 1000
            $0.process = ProcessRole.supervisor.name
            $0.principal.keyID = key.id
            $0.principal.tenant = key.tenant
            $0.action = action
            $0.outcome = outcome
            $0.detail = "name \(key.name), level \(key.level.name)"
        }
        do {
            let producer = try RecordProducer(
                reactor: reactor, address: address, name: "cli:\(getpid())@\(WallClock.unixMilliseconds)",
                logger: Logger(label: "audit") { _ in SwiftLogNoOpLogHandler() })
            _ = try await producer.append(record.wireBytes, within: timeout)
            return nil
        } catch let error as WireError {
            return CommandFailure("not in the audit log, because the audit writer did not answer: \(error.message)")
        } catch {
            return CommandFailure("not in the audit log: \(error)")
        }
    }
}
