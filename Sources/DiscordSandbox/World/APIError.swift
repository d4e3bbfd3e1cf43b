/// An answer of Discord's API that is not a success.
/// Source: <https://discord.com/developers/docs/topics/opcodes-and-status-codes#json>
struct APIError: Error, Equatable {
    let status: Int
    let code: Int
    let message: String
    var fields: [FieldError] = []

    struct FieldError: Equatable {
        let path: [String]
        let code: String
        let message: String
    }
}

extension APIError {
    static let unauthorized = APIError(status: 401, code: 0, message: "401: Unauthorized")
    static let notFound = APIError(status: 404, code: 0, message: "404: Not Found")
    static let methodNotAllowed = APIError(status: 405, code: 0, message: "405: Method Not Allowed")
    static let malformedJSON = APIError(status: 400, code: 50109, message: "The request body contains invalid JSON.")

    static let unknownChannel = unknown(10003, "Channel")
    static let unknownGuild = unknown(10004, "Guild")
    static let unknownMember = unknown(10007, "Member")
    static let unknownMessage = unknown(10008, "Message")
    static let unknownOverwrite = unknown(10009, "Overwrite")
    static let unknownRole = unknown(10011, "Role")
    static let unknownUser = unknown(10013, "User")
    static let unknownEmoji = unknown(10014, "Emoji")
    static let unknownWebhook = unknown(10015, "Webhook")
    static let unknownBan = unknown(10026, "Ban")
    static let unknownInvite = unknown(10006, "Invite")
    static let unknownIntegration = unknown(10005, "Integration")
    static let unknownTemplate = unknown(10057, "guild template")
    static let unknownSticker = unknown(10060, "sticker")
    static let unknownCommand = unknown(10063, "application command")
    static let unknownVoiceState = unknown(10065, "Voice State")
    static let unknownStage = unknown(10067, "Stage Instance")
    static let unknownWelcomeScreen = unknown(10069, "Guild Welcome Screen")
    static let unknownEvent = unknown(10070, "Guild Scheduled Event")
    static let unknownSound = unknown(10097, "sound")
    // The documentation lists no codes for these two.
    static let unknownJoinRequest = unknown(0, "Guild Join Request")
    static let unknownRule = unknown(0, "Auto Moderation Rule")

    static let missingAccess = APIError(status: 403, code: 50001, message: "Missing Access")
    static let missingPermissions = APIError(status: 403, code: 50013, message: "Missing Permissions")
    static let otherUsersMessage = APIError(
        status: 403, code: 50005, message: "Cannot edit a message authored by another user")
    static let emptyMessage = APIError(status: 400, code: 50006, message: "Cannot send an empty message")
    static let nonTextChannel = APIError(
        status: 400, code: 50008, message: "Cannot send messages in a non-text channel")
    static let bulkCount = APIError(
        status: 400, code: 50016,
        message:
            "Provided too few or too many messages to delete. Must provide at least 2 and fewer than 100 messages to delete"
    )
    static let systemMessage = APIError(status: 403, code: 50021, message: "Cannot execute action on a system message")
    static let invalidRole = APIError(status: 400, code: 50028, message: "Invalid Role")
    static let bulkTooOld = APIError(
        status: 400, code: 50034, message: "You can only bulk delete messages that are under 14 days old.")
    static let directMessageChannel = APIError(
        status: 400, code: 50003, message: "Cannot execute action on a DM channel")
    static let cannotMessageUser = APIError(status: 403, code: 50007, message: "Cannot send messages to this user")
    static let wrongChannelType = APIError(
        status: 400, code: 50024, message: "Cannot execute action on this channel type")
    static let alreadyCrossposted = APIError(
        status: 400, code: 40033, message: "This message has already been crossposted")
    static let tagRequired = APIError(
        status: 400, code: 40067, message: "A tag is required to create a forum post in this channel")
    static let notInVoice = APIError(status: 400, code: 40032, message: "Target user is not connected to voice")
    static let blockedByAutoModeration = APIError(
        status: 400, code: 200_000, message: "Message was blocked by automatic moderation")
    static let titleBlockedByAutoModeration = APIError(
        status: 400, code: 200_001, message: "Title was blocked by automatic moderation")
    static let unreadableForward = APIError(
        status: 400, code: 160_014, message: "Cannot forward a message whose content you cannot read")
    static let invitesDisabled = APIError(
        status: 403, code: 40006, message: "This feature has been temporarily disabled server-side")
    static let tooManyDirectMessages = APIError(
        status: 400, code: 40003, message: "You are opening direct messages too fast")
    static let requiredChannel = APIError(
        status: 400, code: 50074, message: "Cannot delete a channel required for Community guilds")
    static let archivedThread = APIError(status: 400, code: 50083, message: "Thread is archived")
    static let invalidWebhookToken = APIError(status: 401, code: 50027, message: "Invalid Webhook Token")
    static let slowmode = APIError(
        status: 429, code: 20016, message: "This action cannot be performed due to slowmode rate limit")
    static let reactionLimit = APIError(status: 400, code: 30010, message: "Maximum number of reactions reached (20)")
    static let pinLimit = APIError(status: 400, code: 30003, message: "Maximum number of pins reached (250)")
    static let replyNeedsHistory = APIError(
        status: 400, code: 160_002, message: "Cannot reply without permission to read message history")
    static let threadExists = APIError(
        status: 400, code: 160_004, message: "A thread has already been created for this message")
    static let threadLocked = APIError(status: 400, code: 160_005, message: "This thread is locked")
    static let noneBanned = APIError(status: 400, code: 500_000, message: "Failed to ban users")
    static let pollNotEditable = APIError(status: 400, code: 520_003, message: "Cannot edit a poll message")

    static func limit(_ code: Int, _ what: String, _ count: Int) -> APIError {
        APIError(status: 400, code: code, message: "Maximum number of \(what) reached (\(count))")
    }

    private static func unknown(_ code: Int, _ what: String) -> APIError {
        APIError(status: 404, code: code, message: "Unknown \(what)")
    }

    /// 50035 with one wrong field; the path `a.0.b` becomes the nested tree of the wire.
    static func form(_ path: String, _ code: String, _ message: String) -> APIError {
        form([FieldError(path: path.split(separator: ".").map(String.init), code: code, message: message)])
    }

    static func form(_ fields: [FieldError]) -> APIError {
        APIError(status: 400, code: 50035, message: "Invalid Form Body", fields: fields)
    }

    static func required(_ path: String) -> APIError {
        form(path, "BASE_TYPE_REQUIRED", "This field is required")
    }

    static func outOfRange(_ path: String, _ range: ClosedRange<Int>, _ value: Int) -> APIError {
        value < range.lowerBound
            ? form(path, "NUMBER_TYPE_MIN", "int value should be greater than or equal to \(range.lowerBound).")
            : form(path, "NUMBER_TYPE_MAX", "int value should be less than or equal to \(range.upperBound).")
    }

    static func badLength(_ path: String, _ range: ClosedRange<Int>) -> APIError {
        range.lowerBound == 0
            ? form(path, "BASE_TYPE_MAX_LENGTH", "Must be \(range.upperBound) or fewer in length.")
            : form(
                path, "BASE_TYPE_BAD_LENGTH", "Must be between \(range.lowerBound) and \(range.upperBound) in length.")
    }

    static func notSnowflake(_ path: String, _ value: String) -> APIError {
        form(path, "NUMBER_TYPE_COERCE", "Value \"\(value)\" is not snowflake.")
    }

    var json: JSONValue {
        var body: JSONObject = ["message": .string(message), "code": .int(code)]
        if !fields.isEmpty {
            body["errors"] = fields.reduce(.object([:])) { Self.insert($1, path: $1.path[...], into: $0) }
        }
        return .object(body)
    }

    private static func insert(_ field: FieldError, path: ArraySlice<String>, into tree: JSONValue) -> JSONValue {
        var node = tree.object ?? [:]
        if let key = path.first {
            node[key] = insert(field, path: path.dropFirst(), into: node[key] ?? .object([:]))
        } else {
            let leaf: JSONValue = ["code": .string(field.code), "message": .string(field.message)]
            node["_errors"] = .array((node["_errors"]?.array ?? []) + [leaf])
        }
        return .object(node)
    }
}
