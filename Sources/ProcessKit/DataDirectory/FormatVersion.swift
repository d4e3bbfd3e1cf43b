import Glibc

/// Every format on disk carries its version: an older one is migrated, a newer one is refused untouched.
public enum FormatVersion {
    /// Reads the version in `file` and writes the current one when there is none yet.
    /// - Parameters:
    ///   - what: what the version is of, for the message.
    ///   - migrate: brings the data of an older version to the current one; the file is rewritten after it returns.
    /// - Throws: ``ConfigurationFault`` when the version is newer than this program or unreadable.
    public static func check(
        file: String,
        current: Int,
        what: String,
        migrate: (_ from: Int) throws -> Void = { _ in }
    ) throws(ConfigurationFault) {
        guard access(file, F_OK) == 0 else {
            try write(current, to: file, what: what)
            return
        }
        guard let text = FileText.read(file), let found = Int(text.trimmingSpaces()) else {
            throw ConfigurationFault("The version of the \(what) cannot be read in \(file).")
        }
        if found == current { return }
        guard found < current else {
            throw ConfigurationFault(
                "The \(what) has version \(found), this program knows \(current). Use the newer program.")
        }
        do {
            try migrate(found)
        } catch {
            throw ConfigurationFault("The \(what) could not be brought from version \(found) to \(current): \(error)")
        }
        try write(current, to: file, what: what)
    }

    private static func write(_ version: Int, to file: String, what: String) throws(ConfigurationFault) {
        do throws(FileFault) {
            try AtomicFile.write(Array("\(version)\n".utf8), to: file)
        } catch {
            throw ConfigurationFault("The version of the \(what) cannot be written: \(error)")
        }
    }
}
