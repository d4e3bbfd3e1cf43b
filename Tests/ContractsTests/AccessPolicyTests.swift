import Contracts
import Testing

@Suite struct AccessPolicyTests {
    private let guild = Snowflake(10)
    private let channel = Snowflake(20)

    private func grant(_ level: AccessLevel) -> AccessGrant {
        AccessGrant(keyID: "k", tenant: "t", name: "n", level: level)
    }

    private func denial(
        _ grant: AccessGrant, _ tool: ToolAccess, guild: Snowflake?, channel: Snowflake?,
        ceiling: OperatorCeiling = OperatorCeiling(), now: Int64 = 0
    ) -> AccessDenial? {
        do throws(AccessDenial) {
            try AccessPolicy.check(
                grant, tool: tool, guild: guild, channel: channel, ceiling: ceiling, nowUnixMilliseconds: now)
            return nil
        } catch {
            return error
        }
    }

    @Test func everyToolWithEveryLevel() {
        for tool in ToolAccess.all {
            for level in AccessLevel.allCases {
                let expected: AccessDenial? = level >= tool.level ? nil : .level(needed: tool.level)
                #expect(
                    denial(grant(level), tool, guild: guild, channel: channel) == expected, "\(tool.name) \(level.name)"
                )
            }
        }
    }

    @Test func anotherGuildOrChannelIsRefused() {
        var limited = grant(.admin)
        limited.guilds = .only([guild])
        limited.channels = .only([channel])
        for tool in ToolAccess.all {
            #expect(denial(limited, tool, guild: guild, channel: channel) == nil)
            #expect(denial(limited, tool, guild: Snowflake(11), channel: channel) == .guild(Snowflake(11)))
            #expect(denial(limited, tool, guild: guild, channel: Snowflake(21)) == .channel(Snowflake(21)))
            #expect(denial(limited, tool, guild: Snowflake(11), channel: Snowflake(21)) == .channel(Snowflake(21)))
        }
    }

    @Test func aKeyForChannelsMayNotActOnTheWholeGuild() {
        var limited = grant(.admin)
        limited.channels = .only([channel])
        #expect(denial(limited, .moderateContent, guild: guild, channel: nil) == .channelRequired)
        #expect(denial(limited, .searchMessages, guild: guild, channel: nil) == nil)
    }

    @Test func aKeyForGuildsMayNotUseDirectMessages() {
        var limited = grant(.admin)
        limited.guilds = .only([guild])
        #expect(denial(limited, .getMessages, guild: nil, channel: channel) == .directMessage)
        #expect(denial(grant(.admin), .getMessages, guild: nil, channel: channel) == nil)
    }

    @Test func theOperatorsCeilingWins() {
        let readOnly = OperatorCeiling(readOnly: true)
        #expect(
            denial(grant(.admin), .sendMessage, guild: guild, channel: channel, ceiling: readOnly) == .operatorReadOnly)
        #expect(denial(grant(.admin), .getMessages, guild: guild, channel: channel, ceiling: readOnly) == nil)
        let messagesOnly = OperatorCeiling(toolsets: .only(["messages"]))
        #expect(
            denial(grant(.admin), .moderateContent, guild: guild, channel: nil, ceiling: messagesOnly)
                == .operatorToolset("moderation"))
    }

    @Test func toolsetsAndExpiry() {
        var limited = grant(.admin)
        limited.toolsets = .only(["moderation"])
        #expect(denial(limited, .sendMessage, guild: guild, channel: channel) == .toolset("messages"))
        var short = grant(.admin)
        short.expiresAt = 1000
        #expect(denial(short, .getMessages, guild: guild, channel: channel, now: 999) == nil)
        #expect(denial(short, .getMessages, guild: guild, channel: channel, now: 1000) == .expired)
    }

    @Test func everyDenialSaysWhatToDo() {
        let denials: [AccessDenial] = [
            .level(needed: .moderate), .toolset("x"), .guild(guild), .channel(channel), .channelRequired,
            .directMessage,
            .operatorReadOnly, .operatorToolset("x"), .expired,
        ]
        for denial in denials {
            #expect(denial.wireError.code == .accessDenied)
            #expect(!denial.wireError.message.isEmpty && !denial.wireError.hint.isEmpty)
        }
        #expect(AccessDenial.level(needed: .moderate).wireError.details["scope"] == "discord.moderate")
    }
}
