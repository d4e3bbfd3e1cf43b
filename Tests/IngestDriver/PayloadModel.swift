import Contracts
import Discord
import JSONCore

/// How an object of ours is known in somebody's JSON, and whether our model keeps what is in it.
struct PayloadModel {
    var name: String
    /// The members that say what it is.
    var marks: Set<String>
    /// Members that only an object of another kind has.
    var strangers: Set<String> = []
    /// What the model loses of the object; nil: nothing.
    var check: @Sendable (JSONCore.JSONValue) throws -> String?

    static let all: [PayloadModel] = [
        PayloadModel(name: "message", marks: ["id", "channel_id", "content", "author"], strangers: ["content_parsed"]) {
            json in
            let message = try decode(Message.self, json)
            let arrived = try JSONCursor.read(json.encoded()) { try ArrivedMessage(json: &$0) }
            return firstLost([
                ("content", message.content == json["content"]?.string && arrived.content == json["content"]?.string),
                (
                    "author",
                    message.author?.id == arrived.author?.id
                        && message.author?.id.description == json["author"]?["id"]?.string
                ),
                ("attachments", count(message.attachments) == count(json["attachments"])),
                ("embeds", count(message.embeds) == count(json["embeds"])),
                ("components", count(message.components) == count(json["components"])),
                ("stickers", count(message.stickerItems) == count(json["sticker_items"])),
                ("reactions", count(message.reactions) == count(json["reactions"])),
                ("reactions of arrived", count(arrived.reactions) == count(json["reactions"])),
                ("snapshots", count(message.messageSnapshots) == count(json["message_snapshots"])),
                ("poll", (message.poll == nil) == (json["poll"]?.isNull ?? true)),
                (
                    "type",
                    Int64(message.type?.rawValue ?? 0) == json["type"]?.integer ?? 0
                        && message.type ?? .normal == arrived.type
                ),
                (
                    "reference",
                    message.messageReference?.messageID?.description == json["message_reference"]?["message_id"]?.string
                ),
                ("edit", message.editedTimestamp == arrived.editedTimestamp),
            ])
        },
        PayloadModel(name: "user", marks: ["id", "username"], strangers: ["avatar_url"]) { json in
            let user = try decode(User.self, json)
            let read = try JSONCursor.read(json.encoded()) { try User(json: &$0) }
            return firstLost([
                ("username", user.username == json["username"]?.string),
                ("names", read.displayName == user.displayName),
            ])
        },
        PayloadModel(name: "member", marks: ["joined_at", "roles"], strangers: ["emojis", "channels"]) { json in
            let member = try decode(Member.self, json)
            return firstLost([
                ("roles", count(member.roles) == count(json["roles"])), ("nick", member.nick == json["nick"]?.string),
                ("joined_at", member.joinedAt != nil || json["joined_at"]?.isNull ?? true),
            ])
        },
        PayloadModel(name: "channel", marks: ["id", "type", "last_message_id"]) { json in
            let channel = try decode(Channel.self, json)
            return firstLost([
                ("name", channel.name == json["name"]?.string), ("topic", channel.topic == json["topic"]?.string),
                ("overwrites", count(channel.permissionOverwrites) == count(json["permission_overwrites"])),
                ("parent", channel.parentID?.description == json["parent_id"]?.string),
            ])
        },
        PayloadModel(name: "role", marks: ["id", "permissions", "position", "hoist"]) { json in
            let role = try decode(Role.self, json)
            let bits = json["permissions"]?.string ?? json["permissions"]?.integer.map { "\($0)" }
            return firstLost([("permissions", role.permissions?.rawValue.description == bits)])
        },
        PayloadModel(name: "guild", marks: ["id", "name", "owner_id", "features"]) { json in
            let guild = try decode(Guild.self, json)
            return firstLost([
                ("owner", guild.ownerID?.description == json["owner_id"]?.string),
                ("roles", count(guild.roles) == count(json["roles"])),
            ])
        },
        PayloadModel(name: "emoji", marks: ["id", "name", "animated"]) { json in
            let emoji = try decode(Emoji.self, json)
            let read = try JSONCursor.read(json.encoded()) { try Emoji(json: &$0) }
            return firstLost([
                ("name", emoji.name == json["name"]?.string && read.name == emoji.name && read.id == emoji.id)
            ])
        },
        PayloadModel(name: "ban", marks: ["reason", "user"]) { json in
            firstLost([("reason", try decode(Ban.self, json).reason == json["reason"]?.string)])
        },
        PayloadModel(name: "gateway payload", marks: ["op", "d"], strangers: ["seq"]) { json in
            firstLost([("envelope", GatewayReplay.reads(json.encoded()))])
        },
    ]

    private static func decode<Model: Decodable>(_ type: Model.Type, _ json: JSONCore.JSONValue) throws -> Model {
        try DiscordJSON.decode(type, from: json.encoded())
    }

    private static func count(_ list: [some Any]?) -> Int { list?.count ?? 0 }
    private static func count(_ list: JSONCore.JSONValue?) -> Int { list?.array?.count ?? 0 }

    private static func firstLost(_ parts: [(name: String, isKept: Bool)]) -> String? {
        parts.first { !$0.isKept }?.name
    }
}
