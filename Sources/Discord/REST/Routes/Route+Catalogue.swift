/// Every route that we can use, once; `Tests/DiscordTests` holds it against Discord's own description.
extension Route {
    static let catalogue: [Route] = [
        Route.messages, Route.reactions, Route.pins, Route.polls,
        Route.threads, Route.channels, Route.guilds, Route.templates,
        Route.members, Route.roles, Route.moderation, Route.autoModeration,
        Route.webhooks, Route.expressions, Route.events, Route.invites,
        Route.voice, Route.users, Route.applications,
    ].flatMap(\.self)
}
