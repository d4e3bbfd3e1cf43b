import Contracts

extension GatewayStateMachine {
    /// What a dispatch means for our own requests.
    mutating func answers(_ name: String, _ data: [UInt8], at now: Duration) -> [Action] {
        guard !members.isEmpty else { return [] }
        switch name {
        case "GUILD_MEMBERS_CHUNK":
            let step = MemberChunk(data: data).flatMap { members.received($0, at: now) }
            return (step.map { [action($0)] } ?? []) + sendRequests(at: now)
        case "RATE_LIMITED":
            guard let limit = try? DiscordJSON.decode(GatewayRateLimit.self, from: data), let nonce = limit.meta?.nonce,
                limit.opcode == GatewayFrame.Opcode.requestGuildMembers.rawValue
            else { return [] }
            members.rateLimited(nonce: nonce, retryAfter: limit.pause, at: now)
            return sendRequests(at: now)
        default: return []
        }
    }

    /// As many requests as Discord's limits allow now.
    mutating func sendRequests(at now: Duration) -> [Action] {
        heldUpUntil = nil
        guard case .ready = phase else { return [] }
        var actions: [Action] = []
        while true {
            guard sends.allows(limit: SendWindow.commandLimit, at: now) else {
                heldUpUntil = sends.nextChange
                return actions
            }
            guard let step = members.next(at: now) else { return actions }
            if case .send = step { sends.record(at: now) }
            actions.append(action(step))
        }
    }

    private func action(_ step: MemberRequests.Step) -> Action {
        switch step {
        case .takeTurn(let id, let guild): .takeTurn(.memberList(id: id, .memberList(guild: guild)))
        case .send(let payload): .send(payload)
        case .finished(let id, let result): .answered(id: id, result)
        }
    }
}
