public import Contracts

extension DiscordREST {
    /// The app of the bot: its id and flags.
    public func currentApplication(deadline: Deadline? = nil) async throws(DiscordError) -> PartialApplication {
        try await get(Route.getCurrentApplication.at(), deadline: deadline)
    }

    /// The app's commands, of one guild or of all.
    public func commands(
        of application: Snowflake, in guild: Snowflake? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) -> [ApplicationCommand] {
        let endpoint =
            guild.map { Route.listGuildCommands.at(application, $0) } ?? Route.listGlobalCommands.at(application)
        return try await get(endpoint, deadline: deadline)
    }

    /// A command with a name that exists already replaces it.
    public func createCommand(
        _ command: ApplicationCommandRequest, of application: Snowflake, in guild: Snowflake? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ApplicationCommand {
        let endpoint =
            guild.map { Route.createGuildCommand.at(application, $0) } ?? Route.createGlobalCommand.at(application)
        return try await make(endpoint, body: command, deadline: deadline)
    }

    public func editCommand(
        _ id: Snowflake, _ command: ApplicationCommandRequest, of application: Snowflake, in guild: Snowflake? = nil,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> ApplicationCommand {
        let endpoint =
            guild.map { Route.editGuildCommand.at(application, $0, id) }
            ?? Route.editGlobalCommand.at(application, id)
        return try await make(endpoint, body: command, deadline: deadline)
    }

    public func deleteCommand(
        _ id: Snowflake, of application: Snowflake, in guild: Snowflake? = nil, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        let endpoint =
            guild.map { Route.deleteGuildCommand.at(application, $0, id) }
            ?? Route.deleteGlobalCommand.at(application, id)
        try await change(endpoint, deadline: deadline)
    }

    /// Answers an interaction, within three seconds; outside the global limit.
    public func respond(
        to interaction: Snowflake, token: WebhookToken, _ response: InteractionResponse, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.respondToInteraction.at(interaction, token), body: response, deadline: deadline)
    }
}

/// Source: <https://discord.com/developers/docs/interactions/receiving-and-responding#interaction-response-object>
public struct InteractionResponse: Hashable, Sendable, RequestBody {
    /// 4 message, 5 message later, 6 update later, 7 update, 8 auto-complete, 9 modal.
    public var type: Int
    public var data: JSONValue?

    public init(type: Int, data: JSONValue? = nil) {
        self.type = type
        self.data = data
    }
}
