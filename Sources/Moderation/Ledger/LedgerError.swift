/// Why the ledger could not be read or written.
public enum LedgerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// SQLite's message; never a value of an entry.
    case storage(String)
    /// The file was written by a newer version. It was not touched.
    case newerFormat(found: Int, known: Int)
    /// The entry is not in the state that the step needs: two executors, or a defect.
    case wrongState(LedgerState?)

    public var description: String {
        switch self {
        case .storage(let text): "The command ledger cannot be used: \(text)."
        case .newerFormat(let found, let known):
            "The command ledger has format \(found); this version knows \(known). Use the newer version."
        case .wrongState(let state): "A command in state \(state?.rawValue ?? "none") cannot take this step."
        }
    }
}
