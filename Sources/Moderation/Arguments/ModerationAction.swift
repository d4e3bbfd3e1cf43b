public import Contracts

/// The actions of `moderate_content`, by the names that callers, answers and audit records use.
public enum ModerationAction: String, Sendable, CaseIterable, Codable {
    case deleteMessage = "delete_message"
    case kickUser = "kick_user"
    case banUser = "ban_user"
    case timeOutUser = "timeout_user"
    case deleteMessagesBulk = "delete_messages_bulk"

    /// nil for an action that this version does not know.
    public init?(_ wire: WireModerationAction) {
        switch wire {
        case .deleteMessage: self = .deleteMessage
        case .deleteMessagesBulk: self = .deleteMessagesBulk
        case .kickUser: self = .kickUser
        case .banUser: self = .banUser
        case .timeoutUser: self = .timeOutUser
        case .unspecified, .UNRECOGNIZED: return nil
        }
    }
}
