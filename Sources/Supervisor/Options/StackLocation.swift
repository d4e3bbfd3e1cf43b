import ArgumentParser
import FoundationEssentials
import Logging
import ProcessKit
import SharedState
import Supervision

/// Which stack a command is about.
struct StackLocation: ParsableArguments {
    @Option(help: "The stack's data directory (DISCORD_MCP_DATA_DIR; default: data).")
    var dataDir: String?

    func settings(flags: [String: String] = [:]) throws(ConfigurationFault) -> Settings {
        var flags = flags
        flags["DISCORD_MCP_DATA_DIR"] = dataDir
        return try Settings.ofProcess(flags: flags, readsEnvironmentFile: true)
    }

    func directory() throws(ConfigurationFault) -> DataDirectory {
        try DataDirectory(path: settings()[.dataDirectory])
    }

    /// Carries a command to the running stack.
    func control(_ request: ControlRequest) throws -> [ChildStatus] {
        let reply = try ControlClient.send(request, to: directory().controlSocket)
        if let error = reply.error { throw CommandFailure(error) }
        return reply.processes ?? []
    }

    /// Runs the body with the keys of the stack's Redis, embedded or not.
    func withKeys<Value>(_ body: (KeyStore) async throws -> Value) async throws -> Value {
        let settings = try settings()
        let directory = try DataDirectory(path: settings[.dataDirectory])
        guard let text = settings[.redisURL] ?? EmbeddedRedis.endpoint(in: directory.redis)?.url else {
            throw CommandFailure(
                "No stack has run with the data directory \(directory.path). Start one with `discord-mcp run`, or name "
                    + "its directory with --data-dir.")
        }
        do {
            return try await withRedisClient(text) { try await body(KeyStore(redis: $0)) }
        } catch let KeyStoreError.redis(error) where error.isOutage {
            throw CommandFailure("\(error). The keys are in the stack's Redis: start it with `discord-mcp run`.")
        }
    }

    /// The address of the running stack's front door.
    func frontDoorURL(_ flag: String?) throws -> String {
        let settings = try settings()
        if let url = flag ?? settings[.clientURL] {
            // Both the server's address and that of its MCP endpoint are what people paste.
            let trimmed = url.hasSuffix("/") ? url.dropLast() : url[...]
            return String(trimmed.hasSuffix("/mcp") ? trimmed.dropLast(4) : trimmed)
        }
        let directory = try DataDirectory(path: settings[.dataDirectory])
        if let report = ReadyReport.read(from: directory.readyFile) { return report.restURL }
        return settings.clientURL
    }
}

/// Runs the body with a client that is closed afterwards.
func withRedisClient<Value>(_ url: String, _ body: (RedisClient) async throws -> Value) async throws -> Value {
    let address: RedisURL
    do {
        address = try RedisURL(url)
    } catch {
        throw ConfigurationFault("\(error)")
    }
    let client = RedisClient(url: address, logger: Logger(label: "redis") { _ in SwiftLogNoOpLogHandler() })
    do {
        let value = try await body(client)
        await client.close()
        return value
    } catch {
        await client.close()
        throw error
    }
}

extension DataDirectory {
    var controlSocket: String { "\(run)/control.sock" }
    var readyFile: String { "\(run)/ready.json" }
    var pidFile: String { "\(run)/pid" }
    var sandboxFile: String { "\(run)/sandbox.json" }
    var jwtSecretFile: String { "\(keys)/jwt_secret" }
}
