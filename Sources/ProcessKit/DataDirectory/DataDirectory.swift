import Contracts
import Glibc

/// The directory of everything that is kept, mode 0700.
public struct DataDirectory: Hashable, Sendable {
    /// Raised when the layout changes in a way that older programs must not touch.
    public static let layoutVersion = 1

    /// An absolute path.
    public let path: String

    /// - Throws: ``ConfigurationFault`` when sockets below that path would be too long for the system.
    public init(path: String) throws(ConfigurationFault) {
        var path = path.hasPrefix("~/") ? (getenv("HOME").map { String(cString: $0) } ?? "~") + path.dropFirst() : path
        if !path.hasPrefix("/") { path = Self.workingDirectory + "/" + path }
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        // sun_path has 108 bytes with its final zero: man 7 unix. The longest name below the directory is a notify socket's.
        let longest = "\(path)/run/notify/front-door-64.1000000.sock"
        if longest.utf8.count > 107 {
            throw ConfigurationFault(
                "The data directory's path is too long for unix sockets: \(path). Choose one of at most "
                    + "\(path.utf8.count - longest.utf8.count + 107) bytes with DISCORD_MCP_DATA_DIR or --data-dir.")
        }
    }

    public var redis: String { "\(path)/redis" }
    public var archive: String { "\(path)/archive" }
    public var executor: String { "\(path)/executor" }
    public var audit: String { "\(path)/audit" }
    public var run: String { "\(path)/run" }
    public var logs: String { "\(path)/logs" }
    public var keys: String { "\(path)/keys" }
    var versionFile: String { "\(path)/version" }

    /// Makes what is missing and checks the layout's version.
    /// - Throws: ``ConfigurationFault``
    public func prepare() throws(ConfigurationFault) {
        let parts = [redis, archive, executor, "\(audit)/segments", "\(audit)/checkpoints", run, logs, keys]
        for directory in parts { try Self.makeDirectory(directory) }
        if chmod(path, 0o700) != 0 {
            throw ConfigurationFault("The data directory \(path) is not ours: \(SystemError.message(errno)).")
        }
        try FormatVersion.check(file: versionFile, current: Self.layoutVersion, what: "data directory \(path)")
    }

    /// Makes the directory and its parents, mode 0700.
    public static func makeDirectory(_ path: String) throws(ConfigurationFault) {
        var built = ""
        for part in path.split(separator: "/") {
            built += "/\(part)"
            if mkdir(built, 0o700) != 0, errno != EEXIST {
                throw ConfigurationFault(
                    "The directory \(built) cannot be made: \(SystemError.message(errno)). Choose another with "
                        + "DISCORD_MCP_DATA_DIR or --data-dir.")
            }
        }
    }

    private static var workingDirectory: String {
        guard let buffer = getcwd(nil, 0) else { return "" }
        defer { free(buffer) }
        return String(cString: buffer)
    }
}

/// What an `errno` means, in words.
public enum SystemError {
    public static func message(_ code: Int32) -> String {
        // glibc's strerror is thread-safe since 2.32.
        String(cString: strerror(code))
    }
}
