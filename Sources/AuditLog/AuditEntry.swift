public import Contracts
import FoundationEssentials

/// A record in the form that people and programs read: one JSON object a line in exports.
///
/// Ids are decimal strings, hashes and command ids hex, times ISO 8601 in UTC. Fields without a value are left out.
public struct AuditEntry: Codable, Hashable, Sendable {
    public var sequence: UInt64
    public var time: String
    public var kind: String
    public var process: String?
    public var keyID: String?
    public var tenant: String?
    public var tool: String?
    public var action: String?
    public var commandID: String?
    public var guildID: String?
    public var channelID: String?
    public var targetIDs: [String]?
    public var reason: String?
    public var argumentsDigest: String?
    public var outcome: String?
    public var detail: String?
    public var discordIDs: [String]?
    public var durationMilliseconds: UInt32?
    public var traceID: String?
    public var recordHash: String
    public var chainHash: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case sequence, time, kind, process
        case keyID = "key_id"
        case tenant, tool, action
        case commandID = "command_id"
        case guildID = "guild_id"
        case channelID = "channel_id"
        case targetIDs = "target_ids"
        case reason
        case argumentsDigest = "arguments_digest"
        case outcome, detail
        case discordIDs = "discord_ids"
        case durationMilliseconds = "duration_ms"
        case traceID = "trace_id"
        case recordHash = "record_hash"
        case chainHash = "chain_hash"
    }

    /// - Throws: `WireError` when the body is not an audit record.
    public init(_ record: StoredRecord) throws(WireError) {
        let content = try record.content()
        func id(_ raw: UInt64) -> String? { raw == 0 ? nil : String(raw) }
        func text(_ text: String) -> String? { text.isEmpty ? nil : text }
        sequence = record.sequence
        time = Self.timestamp(content.timeUnixUs)
        kind = content.kind.name
        process = text(content.process)
        keyID = text(content.principal.keyID)
        tenant = text(content.principal.tenant)
        tool = text(content.tool)
        action = text(content.action)
        commandID = MessageID(bytes: content.commandID)?.description
        guildID = id(content.guildID)
        channelID = id(content.channelID)
        targetIDs = content.targetIds.isEmpty ? nil : content.targetIds.map { String($0) }
        reason = text(content.reason)
        argumentsDigest = text(content.argumentsDigest.hex)
        outcome = text(content.outcome)
        detail = text(content.detail)
        discordIDs = content.discordIds.isEmpty ? nil : content.discordIds.map { String($0) }
        durationMilliseconds = content.durationMs == 0 ? nil : content.durationMs
        traceID = text(content.traceID.hex)
        recordHash = record.recordHash.description
        chainHash = record.chainHash.description
    }

    /// ISO 8601 in UTC with microseconds, by integers: a `Double` of this size would round them.
    static func timestamp(_ unixMicroseconds: Int64) -> String {
        let (seconds, rest) = unixMicroseconds.quotientAndRemainder(dividingBy: 1_000_000)
        let fraction = String(1_000_000 + rest).dropFirst()
        let whole = Date(timeIntervalSince1970: Double(seconds))
            .formatted(.iso8601.year().month().day().time(includingFractionalSeconds: false))
        return "\(whole).\(fraction)Z"
    }
}

extension WireAuditKind {
    /// The name in answers and filters, for instance `intent`.
    public var name: String {
        switch self {
        case .unspecified: "unspecified"
        case .intent: "intent"
        case .outcome: "outcome"
        case .access: "access"
        case .authentication: "authentication"
        case .lifecycle: "lifecycle"
        case .denied: "denied"
        case .UNRECOGNIZED: "unrecognized"
        }
    }
}
