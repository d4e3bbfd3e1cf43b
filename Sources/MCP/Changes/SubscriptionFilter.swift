/// What a client wants to hear of, as `subscriptions/listen` says it.
struct SubscriptionFilter: Sendable, Equatable {
    var toolList = false
    var promptList = false
    var resourceList = false
    var resources: [String] = []
    var tasks: [String] = []

    init() {}

    /// - Throws: -32602.
    init(_ params: JSONObject, limits: StreamLimits) throws(RPCError) {
        guard let wanted = params["notifications"]?.object else {
            throw .invalidParams("params.notifications is required and must be an object")
        }
        toolList = try Self.flag("toolsListChanged", wanted)
        promptList = try Self.flag("promptsListChanged", wanted)
        resourceList = try Self.flag("resourcesListChanged", wanted)
        resources = try Self.strings("resourceSubscriptions", wanted, limits.resources)
        tasks = try Self.strings("taskIds", wanted, limits.resources)
    }

    var changes: Set<Change> {
        var changes = Set(resources.map { Change.resource(uri: $0) })
        changes.formUnion(tasks.map { .task(id: $0) })
        if toolList { changes.insert(.toolList) }
        if promptList { changes.insert(.promptList) }
        if resourceList { changes.insert(.resourceList) }
        return changes
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            if toolList { writer.member("toolsListChanged", true) }
            if promptList { writer.member("promptsListChanged", true) }
            if resourceList { writer.member("resourcesListChanged", true) }
            if !resources.isEmpty {
                writer.member("resourceSubscriptions", .array(resources.map { .string($0) }))
            }
            if !tasks.isEmpty { writer.member("taskIds", .array(tasks.map { .string($0) })) }
        }
    }

    private static func flag(_ name: String, _ wanted: JSONObject) throws(RPCError) -> Bool {
        guard let value = wanted[name] else { return false }
        guard let flag = value.bool else { throw .invalidParams("params.notifications.\(name) must be true or false") }
        return flag
    }

    private static func strings(_ name: String, _ wanted: JSONObject, _ limit: Int) throws(RPCError) -> [String] {
        guard let value = wanted[name] else { return [] }
        guard let elements = value.array, elements.allSatisfy({ $0.string != nil }) else {
            throw .invalidParams("params.notifications.\(name) must be a list of strings")
        }
        guard elements.count <= limit else {
            throw .invalidParams("params.notifications.\(name) may name at most \(limit)")
        }
        var seen: Set<String> = []
        return elements.compactMap(\.string).filter { seen.insert($0).inserted }
    }
}
