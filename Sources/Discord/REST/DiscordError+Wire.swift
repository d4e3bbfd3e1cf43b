public import Contracts

extension DiscordError {
    /// The error as other processes and callers see it.
    public var wireError: WireError {
        var details = ["discord_route": route]
        if let status { details["discord_status"] = String(status) }
        if let code { details["discord_code"] = String(code) }
        if let missing = missingPermissions, !missing.isEmpty {
            details["missing_permissions"] = missing.joined(separator: ", ")
        }
        if !formErrors.isEmpty { details["discord_errors"] = formErrors.joined(separator: "; ") }
        let (wireCode, text, hint) = wireText
        return WireError(wireCode, text, hint: hint, retryAfterSeconds: retryAfter?.inSeconds ?? 0, details: details)
    }

    private var wireText: (WireErrorCode, String, String) {
        if mayHaveHappened {
            return (
                .inDoubt, "Discord's answer did not arrive: the change may or may not have happened.",
                "Look whether it happened before you try again."
            )
        }
        return switch kind {
        case .refused: refusal
        case .rateLimited:
            (.rateLimited, "Discord's rate limit for this does not allow it yet.", "Try again after the given time.")
        case .unavailable:
            (.discordUnavailable, "Discord cannot be reached or has an error of its own.", "Try again in a minute.")
        case .expired:
            (.expired, "The time for this call ended before Discord was asked.", "Try again.")
        case .tokenRejected:
            (
                .discordRefused, "Discord does not accept the bot token.",
                "The operator must set a valid DISCORD_BOT_TOKEN and restart."
            )
        case .tooManyRefused:
            (
                .discordUnavailable, "Too many requests were refused by Discord; requests are paused.",
                "Try again after the given time; the operator should look at the bot's permissions."
            )
        case .unreadable:
            (.discordUnavailable, "Discord's answer could not be read.", "Try again; report it if it stays.")
        case .cancelled:
            (.unavailable, "The call was cancelled.", "Try again.")
        }
    }

    /// With what we know better than Discord's answer says.
    private var missing: (WireErrorCode, String, String)? {
        guard let missingPermissions else { return nil }
        guard !missingPermissions.isEmpty else {
            return (
                .missingPermission,
                "The bot has every permission that this needs, but the target (a member or role) stands above it.",
                "Move the bot's highest role above the target's highest role."
            )
        }
        let names = missingPermissions.joined(separator: ", ")
        return (
            .missingPermission, "The bot lacks \(names).",
            "Give the bot's role \(names), or allow it in the channel's permissions."
        )
    }

    private var refusal: (WireErrorCode, String, String) {
        if let missing { return missing }
        return switch (code, status) {
        case (10003, _): (.notFound, "Discord knows no such channel.", "Check the channel's id.")
        case (10004, _): (.notFound, "Discord knows no such guild.", "Check the guild's id; is the bot a member?")
        case (10007, _): (.notFound, "The user is not a member of the guild.", "Check the user's id.")
        case (10008, _): (.notFound, "Discord knows no such message.", "It may have been deleted already.")
        case (10013, _): (.notFound, "Discord knows no such user.", "Check the user's id.")
        case (10026, _): (.notFound, "The user is not banned.", "Nothing is left to do.")
        case (50001, _):
            (.missingPermission, "The bot has no access there.", "Give the bot's role VIEW_CHANNEL for the channel.")
        case (50013, _):
            (
                .missingPermission, "The bot lacks a permission, or the target stands above it.",
                "Give the bot's role the permission and move it above the target's highest role."
            )
        case (60003, _):
            (
                .missingPermission, "The guild demands two-factor authentication.",
                "The bot's owner must enable two-factor authentication on their account."
            )
        case (50034, _):
            (
                .invalidArgument, "A bulk delete takes no messages older than 14 days.",
                "Delete older messages one by one."
            )
        case (50035, _), (50006, _), (50016, _), (50109, _):
            (.invalidArgument, "Discord refused the request: \(summary)", "Correct the named fields.")
        case (_, 404): (.notFound, "Discord found nothing there: \(summary)", "Check the ids.")
        default:
            (.discordRefused, "Discord refused: \(summary)", "Discord's code and text are in the details.")
        }
    }

    private var summary: String {
        formErrors.isEmpty ? message : formErrors.joined(separator: "; ")
    }
}

extension Duration {
    /// Seconds with their fraction.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}
