public import Contracts

extension DiscordREST {
    public func template(_ code: String, deadline: Deadline? = nil) async throws(DiscordError) -> GuildTemplate {
        try await get(Route.getGuildTemplate.at(code), deadline: deadline)
    }

    public func templates(
        of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> [GuildTemplate] {
        try await get(Route.getGuildTemplates.at(guild), deadline: deadline)
    }

    /// `name` 1 to 100, `description` at most 120 characters. A guild has one template.
    public func createTemplate(
        name: String, description: String? = nil, of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> GuildTemplate {
        try await make(
            Route.createGuildTemplate.at(guild), body: TemplateBody(name: name, description: description),
            deadline: deadline)
    }

    /// Brings a template up to the guild's present state.
    public func syncTemplate(
        _ code: String, of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) -> GuildTemplate {
        try await make(Route.syncGuildTemplate.at(guild, code), deadline: deadline)
    }

    public func modifyTemplate(
        _ code: String, name: String? = nil, description: String? = nil, of guild: Snowflake,
        deadline: Deadline? = nil
    ) async throws(DiscordError) -> GuildTemplate {
        try await make(
            Route.modifyGuildTemplate.at(guild, code), body: TemplateBody(name: name, description: description),
            deadline: deadline)
    }

    public func deleteTemplate(
        _ code: String, of guild: Snowflake, deadline: Deadline? = nil
    ) async throws(DiscordError) {
        try await change(Route.deleteGuildTemplate.at(guild, code), deadline: deadline)
    }
}

private struct TemplateBody: RequestBody {
    let name: String?
    let description: String?

    var problems: [String] {
        var limits = RequestLimits()
        limits.length(name, 1...100, "name")
        limits.length(description, 0...120, "description")
        return limits.problems
    }
}
