/// A question to the client, and mostly through it to the person before it.
public enum InputRequest: Sendable {
    /// A form of primitive fields. Never ask for secrets in one.
    /// - schema: JSON Schema of an object whose properties are strings, numbers, booleans or choices.
    case form(message: String, schema: JSONObject)
    /// The person opens the page. An accepted answer means consent to open it, not that anything happened there.
    case url(message: String, url: String)
    /// One turn of the client's model; the parameters of `sampling/createMessage`.
    case sample(JSONObject)
    /// The folders the client works in.
    case roots

    var method: String {
        switch self {
        case .form, .url: "elicitation/create"
        case .sample: "sampling/createMessage"
        case .roots: "roots/list"
        }
    }

    /// The capability a client must have declared, when it has not.
    func missing(in client: ClientCapabilities) -> JSONObject? {
        switch self {
        case .form: client.elicitsForms ? nil : ["elicitation": .object(["form": .object([:])])]
        case .url: client.elicitsURLs ? nil : ["elicitation": .object(["url": .object([:])])]
        case .sample(let params): Self.missing(for: params, in: client)
        case .roots: client.listsRoots ? nil : ["roots": .object([:])]
        }
    }

    /// Tools for the model, and the context of the client's servers, want a word of their own.
    private static func missing(for params: JSONObject, in client: ClientCapabilities) -> JSONObject? {
        var missing = JSONObject()
        if params["tools"] != nil || params["toolChoice"] != nil, !client.samplesWithTools {
            missing["tools"] = .object([:])
        }
        if let context = params["includeContext"]?.string, context != "none", !client.samplesWithContext {
            missing["context"] = .object([:])
        }
        return client.samples && missing.isEmpty ? nil : ["sampling": .object(missing)]
    }

    /// Writes `method` and `params`.
    /// - Parameter legacy: the revision and, for a page, the id that revision wants; nil in the modern era.
    func write(to writer: inout JSONWriter, legacy: (version: ProtocolVersion.Legacy, elicitation: String)? = nil) {
        writer.member("method", method)
        writer.name("params")
        writer.object { writer in
            switch self {
            case .form(let message, let schema):
                if legacy.map({ $0.version == .v2025November }) ?? true { writer.member("mode", "form") }
                writer.member("message", message)
                writer.member("requestedSchema", .object(schema))
            case .url(let message, let url):
                writer.member("mode", "url")
                writer.member("message", message)
                writer.member("url", url)
                if let legacy { writer.member("elicitationId", legacy.elicitation) }
            case .sample(let params):
                for member in params.members { writer.member(member.name, member.value) }
            case .roots: break
            }
        }
    }

    /// Checks an answer against the question.
    /// - Throws: -32602, when it is none.
    func answer(_ value: JSONValue, to key: String) throws(RPCError) -> InputAnswer {
        guard let object = value.object else { throw Self.malformed(key, "must be an object") }
        switch self {
        case .form(_, let schema):
            let action = try Self.action(object, key)
            guard action == .accept else { return InputAnswer(action: action, json: object) }
            let content = object["content"] ?? .object([:])
            guard content.object != nil else { throw Self.malformed(key, "must have an object as content") }
            if let compiled = try? JSONSchema(.object(schema)), let violation = compiled.violations(in: content).first {
                throw Self.malformed(key, "does not fit the form: \(violation)")
            }
            return InputAnswer(action: action, json: object)
        case .url:
            return InputAnswer(action: try Self.action(object, key), json: object)
        case .sample:
            guard object["role"]?.string != nil, object["content"] != nil, object["model"]?.string != nil else {
                throw Self.malformed(key, "must have role, content and model")
            }
            return InputAnswer(action: .accept, json: object)
        case .roots:
            guard object["roots"]?.array?.allSatisfy({ $0["uri"]?.string != nil }) == true else {
                throw Self.malformed(key, "must have roots with an uri each")
            }
            return InputAnswer(action: .accept, json: object)
        }
    }

    private static func action(_ object: JSONObject, _ key: String) throws(RPCError) -> InputAnswer.Action {
        guard let action = object["action"]?.string.flatMap(InputAnswer.Action.init) else {
            throw malformed(key, "must have accept, decline or cancel as action")
        }
        return action
    }

    private static func malformed(_ key: String, _ what: String) -> RPCError {
        .invalidParams("The answer to \(key) \(what)")
    }
}

/// What came back for an ``InputRequest``, checked against it.
public struct InputAnswer: Sendable {
    public enum Action: String, Sendable {
        case accept, decline, cancel
    }

    public let action: Action
    /// As it came: `content` of a form, a message of the model, `roots`.
    public let json: JSONObject

    /// A field of an accepted form.
    public func field(_ name: String) -> JSONValue? {
        action == .accept ? json["content"]?[name] : nil
    }
}
