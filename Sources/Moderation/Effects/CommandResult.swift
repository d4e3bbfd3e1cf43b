import Contracts

/// What a command brought about: kept for repeated calls, and made into the tool's answer.
enum CommandResult: Hashable, Sendable, Codable {
    case posted(PostedMessage)
    case moderated(alreadyDone: Bool)
}

/// How a command ended, as the ledger keeps it.
enum CommandOutcome: Hashable, Sendable, Codable {
    case done(CommandResult)
    case refused(StoredError)
}

/// A `WireError` in the ledger.
struct StoredError: Hashable, Sendable, Codable {
    private let code: Int
    private let message: String
    private let hint: String
    private let details: [String: String]

    init(_ error: WireError) {
        code = error.code.rawValue
        message = error.message
        hint = error.hint
        details = error.details
    }

    var wireError: WireError {
        WireError(WireErrorCode(rawValue: code) ?? .internal, message, hint: hint, details: details)
    }
}
