import Contracts
import MCP

/// The arguments of a call, typed.
struct ToolArguments: Sendable {
    private let object: JSONObject

    init(_ object: JSONObject) {
        self.object = object
    }

    /// A member that is there and not null.
    private subscript(name: String) -> JSONValue? {
        guard let value = object[name], !value.isNull else { return nil }
        return value
    }

    func string(_ name: String) -> String? {
        self[name]?.string
    }

    func bool(_ name: String) -> Bool? {
        self[name]?.bool
    }

    func integer(_ name: String) -> Int? {
        self[name]?.integer.flatMap { Int(exactly: $0) }
    }

    func json(_ name: String) -> [UInt8]? {
        self[name]?.encoded()
    }

    func id(_ name: String) throws(ArgumentFault) -> Snowflake? {
        guard let text = string(name) else { return nil }
        guard let id = Snowflake(text) else {
            throw ArgumentFault(name, "\"\(text.prefix(40))\" is not a Discord id: 17 to 20 digits, as a string")
        }
        return id
    }

    func requiredID(_ name: String) throws(ArgumentFault) -> Snowflake {
        guard let id = try id(name) else { throw ArgumentFault(name, "is required") }
        return id
    }

    /// Ids divided by commas or spaces.
    func ids(_ name: String) throws(ArgumentFault) -> [Snowflake] {
        var ids: [Snowflake] = []
        for text in (string(name) ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
            guard let id = Snowflake(text) else {
                throw ArgumentFault(name, "\"\(text.prefix(40))\" is not a Discord id: 17 to 20 digits")
            }
            ids.append(id)
        }
        return ids
    }

    /// A message id or an ISO 8601 time.
    func bound(_ name: String) throws(ArgumentFault) -> WireMessageBound? {
        guard let text = string(name) else { return nil }
        var bound = WireMessageBound()
        if let id = Snowflake(text) {
            bound.messageID = id.rawValue
        } else if let time = TimeText.unixMilliseconds(text) {
            bound.unixMilliseconds = time
        } else {
            throw ArgumentFault(
                name, "\"\(text.prefix(40))\" is neither a message id nor an ISO 8601 time such as 2026-05-01T12:00:00Z"
            )
        }
        return bound
    }

    /// Visible ASCII, at most 64 characters; the schema says so too.
    func idempotencyKey() -> String? {
        string("idempotency_key")
    }
}
