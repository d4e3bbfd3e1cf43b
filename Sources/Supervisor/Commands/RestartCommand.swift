import ArgumentParser
import Contracts
import Supervision

struct RestartCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restart",
        abstract: "Drain and start again all processes of a role; returns when they are ready.",
        discussion: "Example: discord-mcp restart gateway"
    )

    @Argument(help: ArgumentHelp(stringLiteral: StackRoles.names.joined(separator: ", ")))
    var role: ProcessRole

    @OptionGroup var location: StackLocation

    func run() throws {
        _ = try location.control(ControlRequest(.restart, role: role))
        Terminal.print("\(role) is ready again.")
    }
}

struct RollCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll",
        abstract: "Replace the front doors one by one without a failed request.",
        discussion: "Example: discord-mcp roll"
    )

    @OptionGroup var location: StackLocation

    func run() throws {
        _ = try location.control(ControlRequest(.roll))
        Terminal.print("Every front door is a new one.")
    }
}
