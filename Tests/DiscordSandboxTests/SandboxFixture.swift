import Contracts
import Logging

@testable import DiscordSandbox

/// A fixed day, so that failures repeat.
let noon = Timestamp(milliseconds: 1_790_000_000_000)

/// Runs a sandbox on a free port while `body` runs.
func withSandbox(
    _ options: SandboxOptions = SandboxOptions(),
    _ body: @escaping @Sendable (SandboxDescription) async throws -> Void
) async throws {
    let server = SandboxServer(options: options, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    try await server.run { description in
        try await body(description)
        // The regular way to end a server is to cancel it.
        throw CancellationError()
    }
}

extension World.Actor {
    init(_ name: String, in seeded: SeededWorld, reason: String? = nil) {
        self.init(id: name == "bot" ? seeded.botID : seeded.user(name), reason: reason)
    }
}

/// What an operation throws; nil when it succeeds.
func failure(_ operation: () throws(APIError) -> Void) -> APIError? {
    do throws(APIError) {
        try operation()
        return nil
    } catch {
        return error
    }
}
