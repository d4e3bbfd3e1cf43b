import Contracts
import Logging

extension ModerationService {
    /// What the caller may do, by the executor's own look-up.
    struct Access {
        let grant: AccessGrant
        let tool: ToolAccess
    }

    /// - Throws: `unauthenticated` for an unknown key, `access_denied`, or `unavailable` when nobody can tell.
    func authorize(_ request: CommandRequest) async throws(WireError) -> Access {
        guard let tool = request.command.toolAccess, request.command.tool == tool.name else {
            throw WireError(
                .invalidArgument, "The command does not fit its tool.",
                hint: "Front door and executor must be of the same version.")
        }
        let principal = request.command.principal
        guard let grant = try await grants.grant(for: principal), grant.keyID == principal.keyID,
            grant.tenant == principal.tenant
        else {
            throw WireError(
                .unauthenticated, "The key is not known or was revoked.", hint: "Ask the operator for a key.")
        }
        do {
            try AccessPolicy.check(grant, tool: tool, ceiling: ceiling, nowUnixMilliseconds: now())
        } catch {
            throw error.wireError
        }
        return Access(grant: grant, tool: tool)
    }

    /// `channel` nil: the command acts on a member, and so on the whole guild.
    func check(
        _ access: Access,
        guild: Snowflake,
        channel: Snowflake?,
        _ request: CommandRequest
    ) async throws(WireError) {
        do {
            try AccessPolicy.check(
                access.grant, tool: access.tool, guild: guild, channel: channel, ceiling: ceiling,
                nowUnixMilliseconds: now())
        } catch {
            throw error.wireError
        }
    }

    /// Nothing happens either way, so a refusal does not depend on its record.
    func recordDenial(_ request: CommandRequest, _ error: WireError) async {
        do {
            _ = try await journal.append(.denied(request, error, at: now()))
        } catch {
            logger.warning(
                "denied command not recorded",
                metadata: [LogKey.commandID: "\(request.id)", LogKey.error: "\(error.code.name)"])
        }
    }
}
