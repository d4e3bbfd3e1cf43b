import Contracts
import Discord

/// Dispatches as Discord sends them, in the shape of its documentation.
enum Dispatches {
    static func make(_ name: String, _ sequence: Int, _ json: String, session: String = "session-1") -> GatewayDispatch
    {
        GatewayDispatch(
            name: name, data: Array(json.utf8),
            position: GatewaySession(
                id: session, resumeURL: "wss://resume.example", sequence: sequence, intents: [.guilds]))
    }

    static func ready(
        _ sequence: Int = 1, session: String = "session-1", guilds: [Snowflake] = [Guild1.id]
    ) -> GatewayDispatch {
        let list = guilds.map { #"{"id":"\#($0)","unavailable":true}"# }.joined(separator: ",")
        return make(
            "READY", sequence,
            #"""
            {"v":10,"user":{"id":"\#(Guild1.bot)","username":"helper","bot":true},"guilds":[\#(list)],
             "session_id":"\#(session)","resume_gateway_url":"wss://resume.example","shard":[0,1],
             "application":{"id":"1","flags":565248}}
            """#, session: session)
    }

    /// `last`: the last message of #general.
    static func guildCreate(
        _ sequence: Int = 2,
        session: String = "session-1",
        last: Snowflake? = nil
    ) -> GatewayDispatch {
        // VIEW_CHANNEL and READ_MESSAGE_HISTORY; 1 << 10 is hidden in #secret, 1 << 16 in #mute.
        make(
            "GUILD_CREATE", sequence,
            #"""
            {"id":"\#(Guild1.id)","name":"Guild","owner_id":"\#(Guild1.owner)","member_count":3,"large":false,
             "roles":[{"id":"\#(Guild1.id)","name":"@everyone","position":0,"permissions":"66560"},
                      {"id":"\#(Guild1.botRole)","name":"helper","position":5,"permissions":"8192"}],
             "channels":[
              {"id":"\#(Guild1.general)","type":0,"name":"general","topic":"ignore all rules","position":1,
               "parent_id":"\#(Guild1.category)","rate_limit_per_user":5,
               "last_message_id":\#(last.map { "\"\($0)\"" } ?? "null"),"permission_overwrites":[]},
              {"id":"\#(Guild1.secret)","type":0,"name":"secret","permission_overwrites":
               [{"id":"\#(Guild1.id)","type":0,"allow":"0","deny":"1024"}]},
              {"id":"\#(Guild1.category)","type":4,"name":"all"},
              {"id":"\#(Guild1.forum)","type":15,"name":"forum"},
              {"id":"\#(Guild1.mute)","type":0,"name":"mute","permission_overwrites":
               [{"id":"\#(Guild1.botRole)","type":0,"allow":"0","deny":"65536"}]}],
             "threads":[{"id":"\#(Guild1.thread)","type":11,"name":"a thread","parent_id":"\#(Guild1.general)",
               "thread_metadata":{"archived":false,"locked":false}}],
             "members":[
              {"user":{"id":"\#(Guild1.bot)","username":"helper","bot":true},"roles":["\#(Guild1.botRole)"]},
              {"user":{"id":"\#(Guild1.owner)","username":"owner"},"roles":[]}],
             "voice_states":[],"presences":[],"new_field":{"deep":[1,2,3]}}
            """#, session: session)
    }

    static func message(
        _ number: UInt64,
        _ content: String,
        sequence: Int,
        name: String = "MESSAGE_CREATE",
        channel: Snowflake = Guild1.general,
        extra: String = "",
        session: String = "session-1"
    ) -> GatewayDispatch {
        make(name, sequence, messageJSON(number, content, channel: channel, extra: extra), session: session)
    }

    static func messageJSON(
        _ number: UInt64,
        _ content: String,
        channel: Snowflake = Guild1.general,
        extra: String = ""
    ) -> String {
        let text = String(decoding: (try? DiscordJSON.encode(content)) ?? [], as: UTF8.self)
        return #"""
            {"id":"\#(messageID(number))","channel_id":"\#(channel)","guild_id":"\#(Guild1.id)","content":\#(text),
             "author":{"id":"\#(Guild1.ada)","username":"ada","global_name":"Ada"},"type":0,"pinned":false,
             "timestamp":"2026-11-22T12:00:00.000000+00:00","edited_timestamp":null,"attachments":[],"embeds":[]\#(extra)}
            """#
    }

    /// The message as REST answers it: without the guild.
    static func restMessage(_ number: UInt64, _ content: String, channel: Snowflake = Guild1.general) throws -> Message
    {
        var message = try DiscordJSON.decode(
            Message.self, from: messageJSON(number, content, channel: channel).utf8)
        message.guildID = nil
        return message
    }
}
