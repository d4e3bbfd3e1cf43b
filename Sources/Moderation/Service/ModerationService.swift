public import Contracts
public import Logging

/// Carries out commands: each once, by whoever may, and never before its intent is in the audit log.
public struct ModerationService: Sendable {
    /// How long a repeated command gets the first answer.
    public static let memory: Duration = .seconds(24 * 3600)

    let ledger: CommandLedger
    let journal: any AuditJournal
    let grants: any GrantDirectory
    let guilds: any GuildKnowledge
    let discord: any DiscordActions
    let ceiling: OperatorCeiling
    let now: @Sendable () -> Int64
    let logger: Logger
    let gate = CommandGate()

    /// - Parameter now: unix milliseconds.
    public init(
        ledger: CommandLedger,
        journal: any AuditJournal,
        grants: any GrantDirectory,
        guilds: any GuildKnowledge,
        discord: any DiscordActions,
        ceiling: OperatorCeiling,
        now: @escaping @Sendable () -> Int64,
        logger: Logger
    ) {
        self.ledger = ledger
        self.journal = journal
        self.grants = grants
        self.guilds = guilds
        self.discord = discord
        self.ceiling = ceiling
        self.now = now
        self.logger = logger
    }

    /// Answers a command. The same command (id, key, arguments) gets the same answer for 24 hours, and waits for it
    /// when it is still under way.
    public func perform(_ request: CommandRequest) async -> CommandAnswer {
        await gate.once(request.id, claim: CommandClaim(request.command)) {
            do throws(WireError) {
                return try await answer(request)
            } catch {
                logger.info(
                    "command refused",
                    metadata: [
                        LogKey.commandID: "\(request.id)", LogKey.keyID: "\(request.command.principal.keyID)",
                        LogKey.tool: "\(request.command.tool)", LogKey.error: "\(error.code.name)",
                    ])
                return CommandAnswer(error)
            }
        }
    }
}

extension ModerationService {
    private enum Admission {
        case known(CommandAnswer)
        case new(LedgerEntry, CommandOrder)
    }

    private func answer(_ request: CommandRequest) async throws(WireError) -> CommandAnswer {
        let admission: Admission
        do throws(WireError) {
            admission = try await admit(request)
        } catch {
            // Who tries again and again what is refused must be seen, whatever the refusal's reason.
            if !error.isPassing { await recordDenial(request, error) }
            throw error
        }
        switch admission {
        case .known(let answer): return answer
        case .new(let entry, let order): return try await run(entry, order, request)
        }
    }

    /// Everything that can refuse a command before its intent is written down.
    private func admit(_ request: CommandRequest) async throws(WireError) -> Admission {
        let access = try await authorize(request)
        // Before the deadline: what was done is never reported as not begun.
        if let known = try await recall(request, access) { return .known(known) }
        try checkDeadline(request)

        let order = try CommandOrder(request.command, nowUnixMilliseconds: now())
        let context = try await guilds.moderationContext(guild: order.guild, channel: order.channel, user: order.user)
        let guild = try await place(of: order, in: context, request)
        try await check(access, guild: guild, channel: order.channel, request)
        try await preflight(order, context)

        let entry = LedgerEntry(
            id: request.id, claim: CommandClaim(request.command),
            effect: PlannedEffect(order, guild: guild, nowUnixMilliseconds: now()), reason: order.reason,
            createdAt: now())
        return .new(entry, order)
    }

    /// What was decided before: the stored answer, or nil when the command is to be done.
    private func recall(_ request: CommandRequest, _ access: Access) async throws(WireError) -> CommandAnswer? {
        let claim = CommandClaim(request.command)
        var entry = try await ledger.entry(request.id)
        var admission = LedgerStateMachine.admit(entry, claim: claim)
        if case .settleFirst = admission, let open = entry {
            let settled = try await close(open)
            entry = settled
            admission = LedgerStateMachine.admit(settled, claim: claim)
        }
        switch (admission, entry) {
        case (.begin, _):
            return nil
        case (.conflict, _), (_, nil):
            throw .idempotencyConflict
        case (.replay(let outcome), let entry?):
            // The key may have lost this guild or channel since.
            try await check(access, guild: entry.effect.guild, channel: entry.effect.channel, request)
            return CommandAnswer(entry, outcome: outcome, replayed: true)
        case (.settleFirst, let entry?):
            return CommandAnswer(.inDoubt(entry), auditSequence: entry.auditSequence, replayed: true)
        }
    }

    /// The guild that the command acts in.
    ///
    /// - Throws: `access_denied` when the channel is not in the guild that the command names: a grant for one guild
    /// must not open another's channel.
    private func place(
        of order: CommandOrder,
        in context: WireModerationContext,
        _ request: CommandRequest
    ) async throws(WireError) -> Snowflake {
        if let guild = order.guild, guild.rawValue != context.guildID {
            throw WireError(.unavailable, "The guild could not be looked up.", hint: "Try again in a few seconds.")
        }
        guard let channel = order.channel else { return Snowflake(context.guildID) }
        guard context.hasChannel, context.channel.id == channel.rawValue else {
            throw WireError(.notFound, "Channel \(channel) is not known.", hint: "Check the channel's id.")
        }
        guard context.channel.guildID != 0 else {
            throw WireError(
                .invalidArgument, "Channel \(channel) is not in a guild.", hint: "Choose a channel of a guild.")
        }
        guard context.channel.guildID == context.guildID else {
            throw WireError(
                .accessDenied, "Channel \(channel) is not in guild \(context.guildID).",
                hint: "Give the guild that the channel belongs to.")
        }
        return Snowflake(context.guildID)
    }

    private func preflight(_ order: CommandOrder, _ context: WireModerationContext) async throws(WireError) {
        let condition = try Preflight(context, nowUnixMilliseconds: now()).check(order)
        guard case .messageIsOwn(let refusal) = condition, case .moderate(let moderation) = order,
            case .deleteMessage(let channel, let message) = moderation.verb
        else { return }
        let author: Snowflake?
        do {
            author = try await discord.author(of: message, in: channel)
        } catch {
            throw error.wireError
        }
        // Nobody's: the delete finds it gone.
        guard author == nil || author?.rawValue == context.bot.userID else { throw refusal }
    }

    func checkDeadline(_ request: CommandRequest) throws(WireError) {
        guard let deadline = request.deadline, deadline <= now() else { return }
        throw WireError(
            .expired, "The time for this command ended before it began. Nothing was done.", hint: "Try again.")
    }
}

extension DiscordFailure {
    var wireError: WireError {
        switch self {
        case .gone(let error), .refused(let error), .notDone(let error), .unknown(let error): error
        }
    }
}

extension WireError {
    /// Says nothing of the caller's right: the same call may succeed a moment later.
    fileprivate var isPassing: Bool {
        [.unavailable, .auditUnavailable, .discordUnavailable, .busy, .expired, .inDoubt, .rateLimited].contains(code)
    }

    static func inDoubt(_ entry: LedgerEntry) -> WireError {
        WireError(
            .inDoubt, "Whether Discord carried this out is not known yet.",
            hint: "Call again with the same idempotency_key to ask, or \(howToLook(for: entry))",
            retryAfterSeconds: 10, details: ["command_id": entry.id.description])
    }

    /// The last word on a command in doubt.
    static func unresolved(_ entry: LedgerEntry) -> WireError {
        WireError(
            .inDoubt, "Whether Discord carried this out could not be found out within a day.",
            hint: "To know, \(howToLook(for: entry))", details: ["command_id": entry.id.description])
    }

    private static func howToLook(for entry: LedgerEntry) -> String {
        let targets = entry.effect.targets.map(\.description).joined(separator: ", ")
        let place = entry.effect.channel.map { "read channel \($0)" } ?? "look at member \(targets)"
        return "\(place). The operator can look with: discord-mcp audit query --command \(entry.id). "
            + "Do not repeat it with a new key."
    }
}
