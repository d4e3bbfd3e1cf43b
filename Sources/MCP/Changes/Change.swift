/// Something that clients may want to hear of.
public enum Change: Hashable, Sendable {
    case toolList
    case promptList
    case resourceList
    case resource(uri: String)
    case task(id: String)

    var method: String {
        switch self {
        case .toolList: "notifications/tools/list_changed"
        case .promptList: "notifications/prompts/list_changed"
        case .resourceList: "notifications/resources/list_changed"
        case .resource: "notifications/resources/updated"
        case .task: "notifications/tasks"
        }
    }

    /// The notification, for the modern stream of that id, or for a legacy one.
    /// - Parameter content: further members of `params`.
    func notification(subscription: JSONValue?, content: (@Sendable (inout JSONWriter) -> Void)?) -> [UInt8] {
        guard subscription != nil || content != nil || uri != nil else {
            return CallNotifications.notification(method)
        }
        return CallNotifications.notification(method) { writer in
            if let subscription {
                writer.name("_meta")
                writer.object { $0.member(MetaKey.subscriptionID, subscription) }
            }
            writer.member("uri", ifPresent: uri)
            content?(&writer)
        }
    }

    private var uri: String? {
        if case .resource(let uri) = self { uri } else { nil }
    }
}
