import Bus
import Contracts
import Glibc
import Logging
import ProcessKit
import SharedState

extension StackLocation {
    /// Writes down what an operator did to a key. A revocation must work without the audit writer, so its absence is a
    /// warning here and not a failure.
    func record(_ action: String, of key: KeyRecord) async {
        do {
            let settings = try settings()
            let directory = try DataDirectory(path: settings[.dataDirectory])
            let addresses = BusAddresses(directory: settings[.bus] ?? directory.run)
            let reactor = try BusReactor()
            let producer = try RecordProducer(
                reactor: reactor, address: addresses.records, name: "cli:\(getpid())@\(WallClock.unixMilliseconds)",
                logger: Logger(label: "audit") { _ in SwiftLogNoOpLogHandler() })
            let record = WireAuditRecord.make {
                $0.kind = .lifecycle
                $0.timeUnixUs = WallClock.unixMilliseconds * 1000
                $0.process = ProcessRole.supervisor.name
                $0.principal.keyID = key.id
                $0.principal.tenant = key.tenant
                $0.action = action
                $0.outcome = "ok"
                $0.detail = "name \(key.name), level \(key.level.name)"
            }
            do {
                _ = try await producer.append(record.wireBytes, within: .seconds(2))
            } catch {
                Terminal.complain(
                    "warning: not in the audit log, because the audit writer did not answer: \(error.message)")
            }
            await reactor.shutdown()
        } catch {
            Terminal.complain("warning: not in the audit log: \(error)")
        }
    }
}
