import DiscordSandbox
import ProcessKit
import ServiceLifecycle

/// Serves until the process is told to stop.
struct SandboxService: Service {
    let options: SandboxOptions
    let readyFile: String?
    let context: ProcessContext

    func run() async throws {
        let server = SandboxServer(options: options, logger: context.logger)
        try await cancelWhenGracefulShutdown {
            try await server.run { description in
                if let readyFile { try AtomicFile.write(Array("\(description.jsonText)\n".utf8), to: readyFile) }
                context.readiness.ready()
                context.readiness.report("Discord sandbox at \(description.restURL)")
            }
        }
    }
}
