import ArgumentParser
import SharedState

struct KeyRotateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate",
        abstract: "Give a key a new secret; the one before works on for a while.",
        discussion: """
            Examples:
              discord-mcp key rotate ID
              discord-mcp key rotate ID --overlap 0s
            """
    )

    @Argument(help: "The key's id.")
    var id: String

    @OptionGroup var location: StackLocation

    @Option(help: "How long the former secret still works, such as 1h.")
    var overlap: TimeSpan = TimeSpan(seconds: 3600)

    @Flag(help: "One JSON object with id and key.")
    var json = false

    func run() async throws {
        let issued = try await location.withKeys { keys in
            guard let record = try await keys.show(id) else { throw KeyStoreError.unknownKey }
            // Before, since the former secret cannot be brought back.
            try await location.record("rotate_key", of: record, outcome: "begun")
            var random = SystemRandomNumberGenerator()
            return try await keys.rotate(id, overlap: .seconds(overlap.seconds), using: &random)
        }
        await location.note("rotate_key", of: issued.record)
        try KeyView(issued).announce(json: json)
    }
}

struct KeyRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "End a key and its tokens for ever, at once.",
        discussion: "Example: discord-mcp key revoke ID"
    )

    @Argument(help: "The key's id.")
    var id: String

    @OptionGroup var location: StackLocation

    @Flag(help: "One JSON object.")
    var json = false

    func run() async throws {
        let record = try await location.withKeys { keys in
            try await keys.revoke(id)
            do {
                return try await keys.show(id)
            } catch KeyStoreError.unreadable {
                Terminal.complain("warning: not in the audit log, because the key's record cannot be read")
                return nil
            }
        }
        if let record { await location.note("revoke_key", of: record) }
        if json, let record { return try Terminal.printJSON(KeyView(record)) }
        Terminal.print("\(id) is revoked.")
    }
}
