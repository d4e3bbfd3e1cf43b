import FoundationEssentials

/// The forms in which entries leave the log. Each gives whole lines.
public enum AuditExport: String, Sendable, CaseIterable {
    case jsonl
    case csv
    /// Open Cybersecurity Schema Framework 1.x, class API Activity (6003).
    /// Source: <https://schema.ocsf.io/1.3.0/classes/api_activity>
    case ocsf

    /// The first line, if the form has one.
    public var header: String? {
        self == .csv ? AuditEntry.CodingKeys.allCases.map(\.rawValue).joined(separator: ",") : nil
    }

    /// One entry as one line, without the line end.
    public func line(_ entry: AuditEntry) throws -> String {
        switch self {
        case .jsonl: try Self.json(entry)
        case .csv: Self.csv(entry)
        case .ocsf: try Self.json(OCSFActivity(entry))
        }
    }

    private static func json(_ value: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    private static func csv(_ entry: AuditEntry) -> String {
        let fields: [String?] = [
            String(entry.sequence), entry.time, entry.kind, entry.process, entry.keyID, entry.tenant, entry.tool,
            entry.action, entry.commandID, entry.guildID, entry.channelID, entry.targetIDs?.joined(separator: " "),
            entry.reason, entry.argumentsDigest, entry.outcome, entry.detail, entry.discordIDs?.joined(separator: " "),
            entry.durationMilliseconds.map { String($0) }, entry.traceID, entry.recordHash, entry.chainHash,
        ]
        return fields.map { quoted($0 ?? "") }.joined(separator: ",")
    }

    /// RFC 4180; a leading `=`, `+`, `-` or `@` is kept from being a formula by an apostrophe.
    private static func quoted(_ field: String) -> String {
        var field = field
        if let first = field.first, "=+-@\t\r".contains(first) { field = "'" + field }
        guard field.contains(where: { $0 == "," || $0 == "\"" || $0.isNewline }) else { return field }
        return "\"" + field.replacing("\"", with: "\"\"") + "\""
    }
}

/// An entry as an OCSF API Activity event.
struct OCSFActivity: Encodable {
    struct Named: Encodable {
        let name: String?
        let uid: String?
    }
    struct Actor: Encodable {
        let user: Named
    }
    struct API: Encodable {
        let operation: String
        let request: Named?
    }
    struct Metadata: Encodable {
        let version = "1.3.0"
        let product = ["name": "discord-mcp"]
        let sequence: UInt64
        let uid: String
    }

    let classUid = 6003
    let categoryUid = 6
    let activityId: Int
    let typeUid: Int
    let severityId: Int
    let statusId: Int
    let statusDetail: String?
    let time: String
    let actor: Actor
    let api: API
    let resources: [Named]
    let metadata: Metadata
    let unmapped: AuditEntry

    init(_ entry: AuditEntry) {
        // 1 create, 2 read, 4 delete, 99 other: the nearest that a tool call is.
        activityId = entry.kind == "access" ? 2 : entry.tool == "send_message" ? 1 : entry.tool == nil ? 99 : 4
        typeUid = 600_300 + activityId
        severityId = entry.kind == "denied" ? 3 : 1
        statusId = entry.outcome == nil ? 0 : entry.outcome == "ok" ? 1 : 2
        statusDetail = entry.detail
        time = entry.time
        actor = Actor(user: Named(name: nil, uid: entry.keyID))
        api = API(
            operation: [entry.tool, entry.action].compactMap(\.self).joined(separator: "/"),
            request: entry.commandID.map { Named(name: nil, uid: $0) })
        resources =
            [("guild", entry.guildID), ("channel", entry.channelID)].compactMap { name, id in
                id.map { Named(name: name, uid: $0) }
            }
            + (entry.targetIDs ?? []).map { Named(name: "target", uid: $0) }
        metadata = Metadata(sequence: entry.sequence, uid: entry.recordHash)
        unmapped = entry
    }
}
