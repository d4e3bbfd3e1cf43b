import ArgumentParser
import Glibc
import ProcessKit

@main
struct App: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discord-mcp",
        abstract: "Discord hands for AI agents that a community can trust.",
        discussion: """
            Examples:
              discord-mcp run                                         start everything, on a sandbox without a bot token
              discord-mcp key create --name agent --level read_write  make a key for an agent
              discord-mcp status                                      what runs and how it is
            """,
        version: ProgramVersion.current,
        subcommands: [
            RunCommand.self, StatusCommand.self, RestartCommand.self, RollCommand.self, KeyCommand.self,
            TokenCommand.self, AuditCommand.self, ConfigCommand.self, StdioCommand.self,
        ]
    )

    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch {
            finish(error)
        }
    }

    /// The contract's exit codes: ArgumentParser's own for wrong usage is another.
    private static func finish(_ error: any Error) -> Never {
        switch error {
        case let fault as ConfigurationFault:
            Terminal.complain("\(fault)")
            Glibc.exit(ExitStatus.wrongConfiguration.rawValue)
        case _ where exitCode(for: error) == .validationFailure:
            Terminal.complain(fullMessage(for: error))
            Glibc.exit(ExitStatus.wrongUsage.rawValue)
        default: exit(withError: error)
        }
    }
}
