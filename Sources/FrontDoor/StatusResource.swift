import Contracts
import MCP
import Tools

/// `discord://status`: what is connected, what the key may do. One content for resources, REST and clients' health views.
struct StatusResource: ResourceProvider {
    static let uri = "discord://status"

    /// More guilds than that are only counted.
    static let maximumGuilds = 200

    let queries: GatewayQueries
    let mirror: DirectoryMirror
    let tools: any ToolProvider
    let version: String

    func resources(for context: CallContext) async throws(RequestFailure) -> [ResourceDefinition] {
        [
            ResourceDefinition(
                uri: Self.uri, name: "status", title: "Status",
                description: "The bot's connection to Discord, the guilds it sees, and what this key may do.",
                mimeType: "application/json")
        ]
    }

    func templates(for context: CallContext) async throws(RequestFailure) -> [ResourceTemplateDefinition] {
        []
    }

    func read(_ uri: String, context: CallContext) async throws(RequestFailure) -> ResourceReading? {
        guard uri == Self.uri, let grant = context.caller.grant else { return nil }
        let text = String(decoding: await json(for: context.caller, grant), as: UTF8.self)
        return ResourceReading(
            [ResourceContents(uri: uri, mimeType: "application/json", .text(text))], cacheMilliseconds: 2000)
    }

    /// The status as JSON; a gateway that does not answer is part of the status, not an error.
    func json(for caller: Caller, _ grant: AccessGrant) async -> [UInt8] {
        var writer = JSONWriter(capacity: 1024)
        var status: WireGatewayStatus?
        var problem: WireError?
        do throws(WireError) { status = try await queries.status() } catch { problem = error }
        writer.object { writer in
            writer.member("status", status.map { Self.summary($0) } ?? "gateway_unavailable")
            writer.member("version", version)
            writer.member("problem", ifPresent: problem?.message)
            if let status { Self.write(status, to: &writer) }
            Self.write(mirror.guilds(for: grant), to: &writer)
            // The whole bot's figures are not for a key that may know of a part only.
            if let status, grant.guilds == .all, grant.channels == .all { Self.write(counts: status, to: &writer) }
            writer.name("key")
            writer.object { Self.write(grant, tools: tools.tools(for: caller), to: &$0) }
        }
        return writer.bytes
    }

    private static func summary(_ status: WireGatewayStatus) -> String {
        status.shards.allSatisfy { $0.state == "ready" } && !status.shards.isEmpty ? "connected" : "connecting"
    }

    private static func write(_ status: WireGatewayStatus, to writer: inout JSONWriter) {
        writer.name("bot")
        writer.object { writer in
            writer.member("id", String(status.botUserID))
            writer.member("name", status.botName)
        }
        writer.name("shards")
        writer.array { writer in
            for shard in status.shards {
                writer.object { writer in
                    writer.member("id", shard.id)
                    writer.member("state", shard.state)
                    writer.member("reconnects", shard.reconnects)
                    writer.member("resumes", shard.resumes)
                }
            }
        }
    }

    private static func write(counts status: WireGatewayStatus, to writer: inout JSONWriter) {
        writer.name("counts")
        writer.object { writer in
            writer.member("guilds", status.guilds)
            writer.member("channels", status.channels)
            writer.member("members", status.members)
            writer.member("archived_messages", status.archivedMessages)
        }
    }

    private static func write(_ guilds: [(id: UInt64, name: String)], to writer: inout JSONWriter) {
        writer.name("guilds")
        writer.array { writer in
            for guild in guilds.prefix(maximumGuilds) {
                writer.object { writer in
                    writer.member("id", String(guild.id))
                    writer.member("name", guild.name)
                }
            }
        }
        if guilds.count > maximumGuilds { writer.member("guilds_not_listed", UInt64(guilds.count - maximumGuilds)) }
    }

    private static func write(_ grant: AccessGrant, tools: [ToolDefinition], to writer: inout JSONWriter) {
        writer.member("id", grant.keyID)
        writer.member("name", grant.name)
        writer.member("level", grant.level.name)
        if case .only(let guilds) = grant.guilds { write("guilds", guilds.sorted().map(\.description), to: &writer) }
        if case .only(let channels) = grant.channels {
            write("channels", channels.sorted().map(\.description), to: &writer)
        }
        write("tools", tools.map(\.name), to: &writer)
    }

    private static func write(_ name: String, _ values: [String], to writer: inout JSONWriter) {
        writer.name(name)
        writer.value(.array(values.map { .string($0) }))
    }
}
