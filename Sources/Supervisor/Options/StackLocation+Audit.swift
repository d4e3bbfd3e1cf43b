import ProcessKit
import SharedState

extension StackLocation {
    /// Nothing is given out that is not in the audit log.
    /// - Throws: ``CommandFailure`` when the record is not acknowledged.
    func record(_ action: String, of key: KeyRecord, outcome: String = "ok") async throws {
        let settings = try settings()
        let directory = try DataDirectory(path: settings[.dataDirectory])
        try await OperatorJournal(settings: settings, directory: directory).record(action, of: key, outcome: outcome)
    }

    /// What takes away, or is done already, must work without the audit writer: its absence is a warning here.
    func note(_ action: String, of key: KeyRecord) async {
        do {
            try await record(action, of: key)
        } catch {
            Terminal.complain("warning: \(error)")
        }
    }
}
