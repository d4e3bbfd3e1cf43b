/// Why the archive cannot be used.
public enum ArchiveError: Error, Hashable, Sendable {
    /// A newer program wrote the file; it was not touched.
    case newerSchema(found: Int, supported: Int)
    /// SQLite or the file system refused; the text is for logs.
    case storage(String)
}

extension ArchiveError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .newerSchema(let found, let supported):
            "The archive has version \(found), this program knows up to \(supported). "
                + "Start the newer program, or move the archive directory away to begin a new one."
        case .storage(let text):
            "The archive cannot be read or written: \(text)"
        }
    }
}
