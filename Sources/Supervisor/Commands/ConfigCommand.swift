import ArgumentParser
import ProcessKit

struct ConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config",
        abstract: "Every setting, its value, and where it came from; secrets are masked.",
        discussion: """
            Examples:
              discord-mcp config
              discord-mcp config --json
            """
    )

    @OptionGroup var location: StackLocation

    @Flag(help: "One JSON object.")
    var json = false

    private struct Report: Encodable {
        let settings: [SettingReport]
    }

    func run() throws {
        let report = try location.settings().report
        if json { return try Terminal.printJSON(Report(settings: report)) }
        Terminal.printTable(
            [["SETTING", "VALUE", "FROM", "WHAT"]] + report.map { [$0.name, $0.value ?? "-", $0.origin, $0.summary] })
    }
}
