import Archive
import Bus
import Contracts
import Discord
import Logging

/// Answers every read. Where the caller may look is checked here once more: the scope comes with each query.
struct QueryService: Sendable {
    let archive: Archive
    let discord: any DiscordLookup
    let shards: ShardDirectory
    /// Where the published events stand; read before a snapshot is taken.
    let position: @Sendable () -> EventPosition
    let now: @Sendable () -> Int64
    let logger: Logger

    /// One query: whom it is for, and until when somebody waits.
    struct Call: Sendable {
        let scope: WireScope
        /// Nil: the Discord client's own.
        let deadline: ContinuousClock.Instant?
    }

    /// A finished tool result.
    struct Answer: Sendable {
        var text: String
        var source: String
        var json: [UInt8]
    }

    func respond(to request: BusRequest) async -> BusResponse {
        do {
            let query = try WireQuery(wireBytes: request.body)
            let call = Call(scope: query.scope, deadline: deadline(of: request.header))
            return try await respond(to: query, call)
        } catch {
            return .reply(WireQueryReply.make { $0.error = wireError(error) }.wireBytes)
        }
    }

    private func respond(to query: WireQuery, _ call: Call) async throws -> BusResponse {
        var reply = WireQueryReply()
        switch query.body {
        case .getMessages(let get): return .answer(try await messages(get, call))
        case .getChannelInfo(let get): return .answer(try await channelInfo(get, call))
        case .searchMessages(let search): return .answer(try await self.search(search, call))
        case .getDirectory: reply.directory = try await directory(call)
        case .resolveChannel(let resolve):
            reply.channel = try await self.resolve(Snowflake(resolve.channelID), call)
        case .getModerationContext(let get): reply.moderationContext = try await moderationContext(get, call)
        case .getGatewayStatus: reply.status = try await status()
        case nil: throw WireError(.invalidArgument, "The query has no body that this version knows.")
        }
        return .reply(reply.wireBytes)
    }

    private func deadline(of header: BusHeader) -> ContinuousClock.Instant? {
        guard header.deadline > 0 else { return nil }
        return .now + .milliseconds(header.deadline - now())
    }

    private func wireError(_ error: any Error) -> WireError {
        switch error {
        case let error as WireError: return error
        case let error as DiscordError: return error.wireError
        default:
            logger.error("A query failed.", metadata: [LogKey.error: "\(error)"])
            return WireError(
                .internal, "The gateway process cannot read its archive.",
                hint: "The operator must look at its log and at the disk.")
        }
    }
}

extension BusResponse {
    fileprivate static func answer(_ answer: QueryService.Answer) -> BusResponse {
        let reply = WireQueryReply.make {
            $0.answer = .make {
                $0.text = answer.text
                $0.source = answer.source
            }
        }
        return .reply(reply.wireBytes, attachment: answer.json)
    }
}
