import Glibc

/// A `redis-server` of our own: unix socket only, a generated password, everything acknowledged is in the append-only file.
public struct EmbeddedRedis: Sendable {
    public enum Fault: Error, Hashable, Sendable, CustomStringConvertible {
        case notInstalled
        case passwordFile(SystemFault)

        public var description: String {
            switch self {
            case .notInstalled:
                "redis-server is not installed. Install it with `apt-get install redis-server`, or set REDIS_URL."
            case .passwordFile(let fault): "The password of the embedded Redis: \(fault)"
            }
        }
    }

    public let endpoint: RedisEndpoint
    private let executable: String
    private let directory: String

    /// Finds the program, and makes the password at the first start.
    /// - Parameters:
    ///   - directory: for data, socket and password, mode 0700.
    ///   - searchPath: directories divided by colons, as in `PATH`.
    public init(directory: String, searchPath: String) throws(Fault) {
        let candidates = searchPath.split(separator: ":").map { "\($0)/redis-server" }
        guard let executable = candidates.first(where: { access($0, X_OK) == 0 }) else { throw .notInstalled }
        self.executable = executable
        self.directory = directory
        do throws(SystemFault) {
            if let known = Self.endpoint(in: directory) {
                endpoint = known
            } else {
                endpoint = try Self.makeEndpoint(in: directory)
            }
        } catch {
            throw .passwordFile(error)
        }
    }

    /// The start of the server. The configuration goes through standard input, so that nobody sees the password in `ps`.
    public func launch(environment: [String: String]) -> ChildLaunch {
        let configuration = """
            port 0
            unixsocket \(Self.quoted(endpoint.socketPath))
            unixsocketperm 700
            dir \(Self.quoted(directory))
            requirepass \(endpoint.password)
            appendonly yes
            appendfsync everysec
            maxmemory-policy noeviction
            save ""
            daemonize no

            """
        return ChildLaunch(
            executable: executable, arguments: ["-"], environment: environment,
            standardInput: Array(configuration.utf8))
    }

    /// Redis says nothing while it loads a large file or rewrites it: more patience than with our own processes.
    public static var policy: RestartPolicy {
        var policy = RestartPolicy()
        policy.watchdogLimit = .seconds(10)
        policy.startLimit = .seconds(60)
        return policy
    }

    /// Where the embedded Redis of that directory is; nil when there never was one.
    public static func endpoint(in directory: String) -> RedisEndpoint? {
        guard let password = readLine(of: "\(directory)/password"), password.utf8.count >= 32 else { return nil }
        return RedisEndpoint(socketPath: "\(directory)/redis.sock", password: password)
    }

    private static func makeEndpoint(in directory: String) throws(SystemFault) -> RedisEndpoint {
        let path = "\(directory)/password"
        var random = SystemRandomNumberGenerator()
        let password = (0..<4).map { _ in
            let digits = String(UInt64.random(in: 0 ... .max, using: &random), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SystemFault(path) }
        defer { close(descriptor) }
        guard write(descriptor, password, password.utf8.count) == password.utf8.count, fsync(descriptor) == 0 else {
            throw SystemFault(path)
        }
        return RedisEndpoint(socketPath: "\(directory)/redis.sock", password: password)
    }

    private static func readLine(of path: String) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 256)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { return nil }
        return String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }

    private static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
