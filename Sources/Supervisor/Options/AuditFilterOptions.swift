import ArgumentParser
import AuditLog
import Contracts
import SharedState

/// Which audit entries a command is about.
struct AuditFilterOptions: ParsableArguments {
    @Option(help: "intent, outcome, access, denied, authentication or lifecycle.")
    var kind: String?

    @Option(help: "Id of the key that acted.")
    var key: String?

    @Option(help: "Tenant of the key.")
    var tenant: String?

    @Option(help: "Name of the tool.")
    var tool: String?

    @Option(help: "For instance ban_user.")
    var action: String?

    @Option(help: "ok, or the name of an error such as missing_permission.")
    var outcome: String?

    @Option(help: "Id of the guild.")
    var guild: String?

    @Option(help: "Id of the channel.")
    var channel: String?

    @Option(help: "Id of a user or message that was acted on.")
    var target: String?

    @Option(help: "Id of the command: ties an outcome to its intent.")
    var command: String?

    @Option(help: "From this time on: ISO 8601 such as 2026-05-01T12:00:00Z, or a span such as 24h.")
    var since: AuditTime?

    @Option(help: "Before this time, in the same forms.")
    var until: AuditTime?

    var filter: AuditFilter {
        var filter = AuditFilter()
        filter.kind = kind
        filter.keyID = key
        filter.tenant = tenant
        filter.tool = tool
        filter.action = action
        filter.outcome = outcome
        filter.guildID = guild
        filter.channelID = channel
        filter.targetID = target
        filter.commandID = command
        filter.since = since?.unixMicroseconds
        filter.until = until?.unixMicroseconds
        return filter
    }
}

/// A point in time: ISO 8601, a day, or how long ago.
struct AuditTime: ExpressibleByArgument {
    let unixMicroseconds: Int64

    init?(argument: String) {
        if let span = TimeSpan(argument: argument) {
            unixMicroseconds = (WallClock.unixMilliseconds - span.seconds * 1000) * 1000
        } else if let time = TimeText.unixMilliseconds(argument) {
            unixMicroseconds = time * 1000
        } else {
            return nil
        }
    }
}
