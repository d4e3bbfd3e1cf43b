/// One JSON-RPC message as a client may send it.
enum RPCMessage: Sendable {
    case request(RPCRequest)
    /// Nobody answers a notification.
    case notification(method: String, params: JSONObject)
    /// An answer to a request of ours; no result: an error.
    case response(id: JSONValue, result: JSONValue?)
    /// - id: of the message, as far as it could be made out.
    case invalid(RPCError, id: JSONValue)

    init(_ value: JSONValue) {
        guard let object = value.object else {
            self = .invalid(.invalidRequest("A message must be one JSON-RPC object"), id: .null)
            return
        }
        let id = object["id"]
        let echoed = id.flatMap { Self.isRequestID($0) ? $0 : nil } ?? .null
        guard object["jsonrpc"] == .string("2.0") else {
            self = .invalid(.invalidRequest("The member jsonrpc must be \"2.0\""), id: echoed)
            return
        }
        guard let method = object["method"] else {
            let isResponse = object["result"] != nil || object["error"] != nil
            self =
                isResponse
                ? .response(id: echoed, result: object["result"])
                : .invalid(.invalidRequest("The member method is missing"), id: echoed)
            return
        }
        guard let method = method.string else {
            self = .invalid(.invalidRequest("The member method must be a string"), id: echoed)
            return
        }
        let params = object["params"] ?? .object(JSONObject())
        guard let params = params.object else {
            self = .invalid(.invalidRequest("The member params must be an object"), id: echoed)
            return
        }
        switch id {
        case nil: self = .notification(method: method, params: params)
        case let id? where Self.isRequestID(id): self = .request(RPCRequest(id: id, method: method, params: params))
        case .some: self = .invalid(.invalidRequest("The member id must be a string or a whole number"), id: .null)
        }
    }

    private static func isRequestID(_ value: JSONValue) -> Bool {
        value.string != nil || value.number?.isInteger == true
    }
}

/// A message that wants an answer.
struct RPCRequest: Sendable {
    let id: JSONValue
    let method: String
    let params: JSONObject

    var meta: JSONObject? {
        params["_meta"]?.object
    }

    /// The tool that is called, for the caller's admission: nothing of it is checked yet.
    var tool: String? {
        method == RPCMethod.callTool.rawValue ? params["name"]?.string : nil
    }
}

/// The methods that are served.
enum RPCMethod: String, Sendable {
    case discover = "server/discover"
    case initialize = "initialize"
    case ping = "ping"
    case listTools = "tools/list"
    case callTool = "tools/call"
    case listResources = "resources/list"
    case listResourceTemplates = "resources/templates/list"
    case readResource = "resources/read"
    case subscribeResource = "resources/subscribe"
    case unsubscribeResource = "resources/unsubscribe"
    case listPrompts = "prompts/list"
    case getPrompt = "prompts/get"
    case complete = "completion/complete"
    case setLogLevel = "logging/setLevel"
    case listen = "subscriptions/listen"
    case getTask = "tasks/get"
    case updateTask = "tasks/update"
    case cancelTask = "tasks/cancel"

    /// The member of `params` that the header `Mcp-Name` repeats.
    var mirroredParameter: String? {
        switch self {
        case .callTool, .getPrompt: "name"
        case .readResource: "uri"
        case .getTask, .updateTask, .cancelTask: "taskId"
        default: nil
        }
    }

    /// Whether requests of that era may use it.
    func exists(in era: Era) -> Bool {
        switch self {
        case .listTools, .callTool, .listResources, .listResourceTemplates, .readResource, .listPrompts, .getPrompt,
            .complete:
            true
        case .discover, .listen, .getTask, .updateTask, .cancelTask: era == .modern
        case .initialize, .ping, .subscribeResource, .unsubscribeResource, .setLogLevel: era == .legacy
        }
    }
}
