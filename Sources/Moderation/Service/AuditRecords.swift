import Contracts

extension WireAuditRecord {
    private init(_ kind: WireAuditKind, at now: Int64, claim: CommandClaim, commandID: MessageID) {
        self.init()
        self.kind = kind
        timeUnixUs = now * 1000
        process = "executor"
        principal.keyID = claim.keyID
        principal.tenant = claim.tenant
        tool = claim.tool
        self.commandID = .init(commandID.bytes)
        argumentsDigest = .init(claim.argumentsDigest)
    }

    private init(_ kind: WireAuditKind, at now: Int64, entry: LedgerEntry) {
        self.init(kind, at: now, claim: entry.claim, commandID: entry.id)
        action = entry.effect.actionName
        guildID = entry.effect.guild.rawValue
        channelID = entry.effect.channel?.rawValue ?? 0
        targetIds = entry.effect.targets.map(\.rawValue)
        reason = entry.reason
    }

    /// Written before Discord is called.
    static func intent(_ entry: LedgerEntry, trace: TraceContext, at now: Int64) -> WireAuditRecord {
        var record = WireAuditRecord(.intent, at: now, entry: entry)
        record.traceID = .init(trace.traceBytes)
        return record
    }

    /// What came of an intent.
    static func outcome(_ entry: LedgerEntry, trace: TraceContext, startedAt: Int64?, at now: Int64) -> WireAuditRecord
    {
        var record = WireAuditRecord(.outcome, at: now, entry: entry)
        record.traceID = .init(trace.traceBytes)
        if let startedAt { record.durationMs = UInt32(clamping: now - startedAt) }
        switch entry.outcome {
        case .done(.posted(let message)):
            record.outcome = "ok"
            record.discordIds = [message.id.rawValue]
        case .done(.moderated(let alreadyDone)):
            record.outcome = "ok"
            if alreadyDone { record.detail = "It was so already." }
        case .refused(let stored):
            record.outcome = stored.wireError.code.name
            record.detail = stored.wireError.message
        case nil:
            record.outcome = WireErrorCode.inDoubt.name
        }
        return record
    }

    /// A call that the access rules refused.
    static func denied(_ request: CommandRequest, _ error: WireError, at now: Int64) -> WireAuditRecord {
        let claim = CommandClaim(request.command)
        var record = WireAuditRecord(.denied, at: now, claim: claim, commandID: request.id)
        record.traceID = .init(request.trace.traceBytes)
        record.outcome = error.code.name
        record.detail = error.message
        switch request.command.body {
        case .sendMessage(let body):
            record.channelID = body.channelID
        case .moderateContent(let body):
            record.action = ModerationAction(body.action)?.rawValue ?? ""
            record.guildID = body.guildID
            record.channelID = body.channelID
            record.targetIds = body.targetIds
        case nil: break
        }
        return record
    }
}
