import Contracts

/// One request as a handler sees it: already authenticated, its path matched, its body parsed.
struct APICall: Sendable {
    var caller: Snowflake?
    /// What the caller showed: one person may be logged in more than once.
    var token: String?
    let path: [String: String]
    let query: [QueryItem]
    let body: JSONValue?
    var files: [MultipartBody.File] = []
    let reason: String?
    let site: Site
    /// `application/x-www-form-urlencoded`, and HTTP Basic: only OAuth2 uses them.
    var form: [String: String] = [:]
    var basic: (name: String, password: String)?
    /// Sixty-eight letters for a new webhook.
    let randomToken: String
    let now: Timestamp

    struct QueryItem: Equatable, Sendable {
        let name: String
        let value: String
    }

    /// Where this sandbox is reached, and how many may start a session.
    struct Site: Equatable, Sendable {
        let gatewayURL: String
        let identifiesPerDay: Int
        let identifiesLeft: Int
        /// Milliseconds until the count starts anew.
        let identifiesResetAfter: Int
        let maxConcurrency: Int
        let shards: Int
    }
}

struct APIReply: Equatable, Sendable {
    var status: Int
    var body: JSONValue?
    /// Instead of JSON: an image, a list in CSV.
    var file: File?

    struct File: Equatable, Sendable {
        let contentType: String
        let bytes: [UInt8]
    }

    static func ok(_ object: JSONObject) -> APIReply { APIReply(status: 200, body: .object(object)) }
    static func ok(_ objects: [JSONObject]) -> APIReply {
        APIReply(status: 200, body: .array(objects.map { .object($0) }))
    }
    static func created(_ object: JSONObject) -> APIReply { APIReply(status: 201, body: .object(object)) }
    static func ok(_ values: [JSONValue]) -> APIReply { APIReply(status: 200, body: .array(values)) }
    static func created(_ value: JSONValue) -> APIReply { APIReply(status: 201, body: value) }
    static let noContent = APIReply(status: 204, body: nil)
}

extension APICall {
    /// Routes that need a token have a caller; the dispatcher sees to it.
    var user: Snowflake {
        get throws(APIError) {
            guard let caller else { throw .unauthorized }
            return caller
        }
    }

    var actor: World.Actor {
        get throws(APIError) { World.Actor(id: try user, reason: reason) }
    }

    func id(_ name: String) throws(APIError) -> Snowflake {
        let text = path[name] ?? ""
        // Paths also take the token's own user.
        if name == "application_id", text == "@me" { return try user }
        guard let id = Snowflake(text) else { throw .notSnowflake(name, text) }
        return id
    }

    var object: JSONObject {
        get throws(APIError) {
            guard let body else { return [:] }
            guard let object = body.object else {
                throw .form("", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            }
            return object
        }
    }
}

/// Query parameters.
extension APICall {
    func text(_ name: String) -> String? { query.last { $0.name == name }?.value }
    func texts(_ name: String) -> [String] { query.filter { $0.name == name }.map(\.value) }

    func int(_ name: String, in range: ClosedRange<Int>, default fallback: Int) throws(APIError) -> Int {
        guard let text = text(name) else { return fallback }
        guard let value = Int(text) else {
            throw .form(name, "NUMBER_TYPE_COERCE", "Value \"\(text)\" is not int.")
        }
        guard range.contains(value) else { throw .outOfRange(name, range, value) }
        return value
    }

    func flag(_ name: String) throws(APIError) -> Bool? {
        switch text(name) {
        case nil: return nil
        case "true", "True", "1": return true
        case "false", "False", "0": return false
        case .some(let text): throw .form(name, "BOOLEAN_TYPE_CONVERT", "Value \"\(text)\" is not a boolean.")
        }
    }

    func snowflake(_ name: String) throws(APIError) -> Snowflake? {
        // Zero is how clients say "from the start".
        guard let text = text(name), text != "0" else { return nil }
        guard let id = Snowflake(text) else { throw .notSnowflake(name, text) }
        return id
    }

    func snowflakes(_ name: String) throws(APIError) -> [Snowflake] {
        var ids: [Snowflake] = []
        for text in texts(name) {
            guard let id = Snowflake(text) else { throw .notSnowflake(name, text) }
            ids.append(id)
        }
        return ids
    }
}

/// Fields of a body.
extension JSONObject {
    func text(_ name: String, length: ClosedRange<Int>) throws(APIError) -> String? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let text = value.string else {
            throw .form(name, "STRING_TYPE_CONVERT", "Could not interpret as string.")
        }
        guard length.contains(text.unicodeScalars.count) else { throw .badLength(name, length) }
        return text
    }

    func requiredText(_ name: String, length: ClosedRange<Int>) throws(APIError) -> String {
        guard let text = try text(name, length: length) else { throw .required(name) }
        return text
    }

    func int(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let number = value.int else { throw .form(name, "NUMBER_TYPE_COERCE", "Value is not int.") }
        guard range.contains(number) else { throw .outOfRange(name, range, number) }
        return number
    }

    func flag(_ name: String) throws(APIError) -> Bool? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let flag = value.bool else { throw .form(name, "BOOLEAN_TYPE_CONVERT", "Must be a boolean.") }
        return flag
    }

    func snowflakes(_ name: String) throws(APIError) -> [Snowflake]? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let values = value.array else {
            throw .form(name, "LIST_TYPE_CONVERT", "Only iterables may be used in a ListType")
        }
        var ids: [Snowflake] = []
        for (index, value) in values.enumerated() {
            guard let id = value.snowflake else { throw .notSnowflake("\(name).\(index)", value.string ?? "") }
            ids.append(id)
        }
        return ids
    }

    func permissions(_ name: String) throws(APIError) -> Permissions? {
        guard let value = self[name], !value.isNull else { return nil }
        guard let permissions = Permissions(wire: value) else {
            throw .form(name, "NUMBER_TYPE_COERCE", "Value is not int.")
        }
        return permissions
    }
}
