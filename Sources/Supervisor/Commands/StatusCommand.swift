import ArgumentParser
import Supervision

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "The processes of the running stack: state, restarts, memory.",
        discussion: """
            Examples:
              discord-mcp status
              discord-mcp status --watch
              discord-mcp status --json | jq '.processes[] | select(.state != "ready")'
            """
    )

    @OptionGroup var location: StackLocation

    @Flag(help: "One JSON object.")
    var json = false

    @Flag(help: "Again every second, until Ctrl-C.")
    var watch = false

    private struct Report: Encodable {
        let processes: [ChildStatus]
    }

    func run() async throws {
        while true {
            let processes = try location.control(ControlRequest(.status))
            if json {
                try Terminal.printJSON(Report(processes: processes))
            } else {
                if watch { Terminal.print("\u{1B}[2J\u{1B}[H") }
                Terminal.printTable(
                    [["PROCESS", "STATE", "PID", "RESTARTS", "UPTIME", "MEMORY", ""]] + processes.map(row))
            }
            guard watch else { return }
            try await Task.sleep(for: .seconds(1))
        }
    }

    private func row(_ status: ChildStatus) -> [String] {
        [
            status.name, status.state.rawValue, status.pid.map { "\($0)" } ?? "-", "\(status.restarts)",
            status.uptime.map { "\(Int($0)) s" } ?? "-", status.memory.map { "\($0 >> 20) MiB" } ?? "-",
            status.status ?? status.lastExit.map { "last: \($0)" } ?? "",
        ]
    }
}
