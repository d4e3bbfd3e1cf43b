/// What a tool needs of a key: the part of the catalogue that front door and executor share.
public struct ToolAccess: Hashable, Sendable {
    /// How much harm a call can do; also the class of its rate limit.
    public enum Effect: String, Sendable, CaseIterable {
        case read
        case write
        case destructive
    }

    public let name: String
    public let toolset: String
    public let level: AccessLevel
    public let effect: Effect

    public init(name: String, toolset: String, level: AccessLevel, effect: Effect) {
        self.name = name
        self.toolset = toolset
        self.level = level
        self.effect = effect
    }

    public static let getMessages = ToolAccess(
        name: "get_messages", toolset: "messages", level: .readOnly, effect: .read)
    public static let getChannelInfo = ToolAccess(
        name: "get_channel_info", toolset: "messages", level: .readOnly, effect: .read)
    public static let searchMessages = ToolAccess(
        name: "search_messages", toolset: "messages", level: .readOnly, effect: .read)
    public static let sendMessage = ToolAccess(
        name: "send_message", toolset: "messages", level: .readWrite, effect: .write)
    public static let moderateContent = ToolAccess(
        name: "moderate_content", toolset: "moderation", level: .moderate, effect: .destructive)

    /// In the order of `tools/list`.
    public static let all = [getChannelInfo, getMessages, searchMessages, sendMessage, moderateContent]

    /// The toolsets of ``all``, in alphabetical order.
    public static let toolsets = Set(all.map(\.toolset)).sorted()

    public static func named(_ name: String) -> ToolAccess? {
        all.first { $0.name == name }
    }
}
