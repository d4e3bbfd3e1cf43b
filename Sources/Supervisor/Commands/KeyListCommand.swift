import ArgumentParser
import SharedState

struct KeyListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "All keys, oldest first, revoked ones too.",
        discussion: "Example: discord-mcp key list --json"
    )

    @OptionGroup var location: StackLocation

    @Flag(help: "One JSON object.")
    var json = false

    private struct Report: Encodable {
        let keys: [KeyView]
    }

    func run() async throws {
        let listing = try await location.withKeys { try await $0.list() }
        let keys = listing.keys.map { KeyView($0) }
        if json {
            try Terminal.printJSON(Report(keys: keys))
        } else {
            let rows = keys.map {
                [$0.id, $0.name, $0.level, $0.tenant, $0.state, $0.expires ?? "-", $0.lastUsed ?? "-"]
            }
            Terminal.printTable([["ID", "NAME", "LEVEL", "TENANT", "STATE", "EXPIRES", "LAST USED"]] + rows)
        }
        if !listing.unreadable.isEmpty {
            throw CommandFailure(listing.unreadable.map { "\(KeyStoreError.unreadable($0))" }.joined(separator: "\n"))
        }
    }
}

struct KeyShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Everything about a key but its secret.",
        discussion: "Example: discord-mcp key show ID"
    )

    @Argument(help: "The key's id.")
    var id: String

    @OptionGroup var location: StackLocation

    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        guard let record = try await location.withKeys({ try await $0.show(id) }) else {
            throw CommandFailure("\(KeyStoreError.unknownKey)")
        }
        let view = KeyView(record)
        if json { return try Terminal.printJSON(view) }
        Terminal.print(view.lines)
    }
}
