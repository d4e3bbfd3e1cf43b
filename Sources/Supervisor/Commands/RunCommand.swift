import ArgumentParser
import Contracts
import FoundationEssentials
import Glibc
import Logging
import ProcessKit
import Supervision

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Start the supervised stack in the foreground.",
        discussion: """
            Starts the embedded Redis (unless REDIS_URL is set), the audit writer, the gateway, the executor and the \
            front doors, and without DISCORD_BOT_TOKEN also the sandbox Discord. SIGTERM or Ctrl-C drains and ends; a \
            second one ends at once.

            Examples:
              discord-mcp run
              discord-mcp run --sandbox --port 0 --ready-file ready.json
              discord-mcp run --only gateway,executor      (needs REDIS_URL)
              discord-mcp run --front-doors 4 --host 0.0.0.0

            Exit status: 0 stopped, 70 a process failed for good, 78 wrong configuration.
            """
    )

    @OptionGroup var location: StackLocation

    @Flag(help: "Use the sandbox Discord even when DISCORD_BOT_TOKEN is set.")
    var sandbox = false

    @Option(
        help: ArgumentHelp(
            "Only these, divided by commas: \(StackRoles.names.joined(separator: ", ")).", valueName: "roles"))
    var only: StackRoles?

    @Option(help: "How many front doors share the listener (DISCORD_MCP_FRONT_DOORS).")
    var frontDoors: Int?

    @Option(help: "Address to listen on (MCP_SERVER_HOST).")
    var host: String?

    @Option(help: "Port to listen on; 0 picks a free one (MCP_SERVER_PORT).")
    var port: Int?

    @Option(help: "Where to write a JSON object with addresses and process ids once everything is ready.")
    var readyFile: String?

    func validate() throws {
        if let port, !(0...65_535).contains(port) { throw ValidationError("--port must be 0 to 65535.") }
        if let frontDoors, !(1...64).contains(frontDoors) { throw ValidationError("--front-doors must be 1 to 64.") }
    }

    func run() async throws {
        signal(SIGPIPE, SIG_IGN)
        var flags: [String: String] = [:]
        flags["DISCORD_MCP_FRONT_DOORS"] = frontDoors.map { String($0) }
        flags["MCP_SERVER_HOST"] = host
        flags["MCP_SERVER_PORT"] = port.map { String($0) }
        let settings = try location.settings(flags: flags)
        let directory = try DataDirectory(path: settings[.dataDirectory])
        try directory.prepare()
        let lock = try DataDirectoryLock.acquire(in: directory)
        let status = try await runStack(settings, in: directory)
        lock.release()
        throw ExitCode(status.rawValue)
    }

    private func runStack(_ settings: Settings, in directory: DataDirectory) async throws -> ExitStatus {
        // What an earlier run left would be read as this one's.
        for path in [directory.readyFile, directory.sandboxFile] { unlink(path) }
        if let readyFile { unlink(readyFile) }
        let plan: StackPlan
        do {
            plan = try StackPlan(
                settings: settings, directory: directory, only: only?.roles, wantsSandbox: sandbox)
        } catch let fault as EmbeddedRedis.Fault {
            throw ConfigurationFault("\(fault)")
        }
        try AtomicFile.write(Array("\(getpid())\n".utf8), to: directory.pidFile)
        let isJSON = settings[.logFormat].lowercased() == LogFormat.json.rawValue
        let sink = LogSink(
            descriptor: STDERR_FILENO, format: isJSON ? .json : .console(isColoured: isatty(STDERR_FILENO) == 1))
        let logger = ProcessBootstrap.startLogging(role: .supervisor, settings: settings, write: sink.writeOwn)
        let stack = RunningStack(
            plan: plan,
            tree: try ProcessTree(plan.children, runDirectory: directory.run, sink: sink, logger: logger),
            readiness: Readiness(notifySocket: ProcessInfo.processInfo.environment[ProcessProtocol.notifySocket]),
            logger: logger,
            readyFile: readyFile,
            makesFirstKey: only == nil)
        let status = await stack.run()
        for path in [directory.pidFile, directory.readyFile] { unlink(path) }
        sink.close()
        return status
    }
}
