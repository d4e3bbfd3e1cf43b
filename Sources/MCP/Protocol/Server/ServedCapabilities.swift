/// What a server says it can do, in the words of either era, and which methods follow from that.
struct ServedCapabilities: Sendable {
    private let modern: [UInt8]
    private let legacy: [UInt8]
    private let methods: Set<RPCMethod>
    /// Whether there is anything that a session's own stream could tell.
    let announcesChanges: Bool

    init(_ configuration: MCPConfiguration, _ providers: MCPProviders, hasTasks: Bool) {
        modern = Self.encode(configuration, providers, .modern, hasTasks: hasTasks)
        legacy = Self.encode(configuration, providers, .legacy, hasTasks: false)
        var methods: Set<RPCMethod> = [.discover, .initialize, .ping, .setLogLevel, .listTools, .callTool]
        if providers.resources != nil {
            methods.formUnion([.listResources, .listResourceTemplates, .readResource])
            if configuration.announces.resources { methods.formUnion([.subscribeResource, .unsubscribeResource]) }
        }
        if providers.prompts != nil { methods.formUnion([.listPrompts, .getPrompt]) }
        if providers.completions != nil { methods.insert(.complete) }
        if hasTasks { methods.formUnion([.getTask, .updateTask, .cancelTask]) }
        let announces = configuration.announces
        announcesChanges =
            announces.toolList || announces.promptList || announces.resourceList || announces.resources
        if announcesChanges || hasTasks { methods.insert(.listen) }
        self.methods = methods
    }

    func json(_ era: Era) -> [UInt8] {
        era == .modern ? modern : legacy
    }

    /// The method of that name, when the server has it and the era knows it.
    func method(named name: String, _ era: Era) -> RPCMethod? {
        guard let method = RPCMethod(rawValue: name), method.exists(in: era), methods.contains(method) else {
            return nil
        }
        return method
    }

    private static func encode(
        _ configuration: MCPConfiguration, _ providers: MCPProviders, _ era: Era, hasTasks: Bool
    ) -> [UInt8] {
        let announces = configuration.announces
        var writer = JSONWriter()
        writer.object { writer in
            writer.name("tools")
            writer.object { if announces.toolList { $0.member("listChanged", true) } }
            if providers.resources != nil {
                writer.name("resources")
                writer.object { writer in
                    if announces.resources { writer.member("subscribe", true) }
                    if announces.resourceList { writer.member("listChanged", true) }
                }
            }
            if providers.prompts != nil {
                writer.name("prompts")
                writer.object { if announces.promptList { $0.member("listChanged", true) } }
            }
            if providers.completions != nil {
                writer.name("completions")
                writer.object { _ in }
            }
            writer.name("logging")
            writer.object { _ in }
            if hasTasks {
                writer.name("extensions")
                writer.object { $0.member(TasksExtension.name, .object([:])) }
            }
        }
        return writer.bytes
    }
}
