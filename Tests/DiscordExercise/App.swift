import ArgumentParser
import Contracts
import Discord
import Foundation
import Logging

/// Exercises our REST and gateway clients against any Discord-compatible server, one PASS, FAIL or LACK line a group.
/// LACK: the server has no such route. Made to run between judges that watch both sides of the wire.
@main struct DiscordExercise: AsyncParsableCommand {
    @Argument(help: "A world file: api, gateway, token, guild_id, channel_id, channel2_id, members.")
    var world: String

    @Option(help: "Only these groups.")
    var only: [String] = []

    @Flag(help: "Routes that the server lacks are no failure.")
    var allowMissing = false

    func run() async throws {
        let world = try DiscordJSON.decode(World.self, from: Data(contentsOf: URL(filePath: self.world)))
        guard let token = BotToken(world.token) else { throw ValidationError("the world has no token") }
        let silent = Logger(label: "exercise") { _ in SwiftLogNoOpLogHandler() }
        var configuration = DiscordREST.Configuration(projectURL: "https://example.org/exercise", version: "1.0")
        configuration.baseURL = world.api
        configuration.defaultTimeout = .seconds(90)
        configuration.maximumAttempts = 6
        let rest = DiscordREST(
            token: token, ledger: LocalRateLedger(), configuration: configuration, logger: silent)
        let gateway = ObservedGateway(token: token, url: world.gateway, rest: rest, logger: silent)
        let exercise = Exercise(rest: rest, world: world)
        let isWell = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await gateway.run() }
            group.addTask { await drive(exercise, gateway) }
            // The gateway ends first only when it fails.
            let first = await group.next() ?? false
            group.cancelAll()
            return first
        }
        try await rest.shutdown()
        if !isWell { throw ExitCode(1) }
    }

    private func drive(_ exercise: Exercise, _ gateway: ObservedGateway) async -> Bool {
        var isWell = await report("gateway connects", { try await gateway.wait(for: ["READY", "GUILD_CREATE"]) })
        for (name, run) in Exercise.groups where only.isEmpty || only.contains(name) {
            isWell = await report(name, { try await run(exercise) }) && isWell
        }
        guard only.isEmpty else { return isWell }
        return await report("gateway events", { try await gateway.wait(for: ObservedGateway.expected) }) && isWell
    }

    private func report(_ name: String, _ body: () async throws -> Void) async -> Bool {
        do {
            try await body()
            print("PASS \(name)")
            return true
        } catch let error as DiscordError where error.code == nil && [404, 405].contains(error.status) {
            print("LACK \(name): \(error.route)")
            return allowMissing
        } catch {
            print("FAIL \(name): \(error)")
            return false
        }
    }
}
