import Contracts

/// The parts of a channel's body that only some kinds of channels have.
enum ForumForm {
    /// Source: <https://discord.com/developers/docs/resources/channel#forum-tag-object> (20 tags, 20 characters)
    static func tags(_ body: JSONObject, mint: () -> Snowflake) throws(APIError) -> [ForumTag]? {
        guard let values = body["available_tags"]?.array else { return nil }
        guard values.count <= 20 else { throw .badLength("available_tags", 0...20) }
        var tags: [ForumTag] = []
        for (index, value) in values.enumerated() {
            guard let object = value.object, let name = object["name"]?.string else {
                throw .required("available_tags.\(index).name")
            }
            guard (1...20).contains(name.unicodeScalars.count) else {
                throw .badLength("available_tags.\(index).name", 1...20)
            }
            guard !tags.contains(where: { $0.name == name }) else {
                throw .form("available_tags", "FORUM_TAG_NAMES_MUST_BE_UNIQUE", "Tag names must be unique")
            }
            // A tag without an id is new.
            tags.append(
                ForumTag(
                    id: object["id"]?.snowflake ?? mint(), name: name, isModerated: object["moderated"]?.bool ?? false,
                    emojiID: object["emoji_id"]?.snowflake, emojiName: object["emoji_name"]?.string))
        }
        return tags
    }

    static func details(_ body: JSONObject) throws(APIError) -> JSONObject {
        let ranges: [(String, ClosedRange<Int>)] = [
            ("bitrate", 8000...384_000), ("user_limit", 0...10_000), ("video_quality_mode", 1...2),
            ("default_auto_archive_duration", 60...10_080), ("default_thread_rate_limit_per_user", 0...21_600),
            ("default_sort_order", 0...1), ("default_forum_layout", 0...2),
        ]
        var details: JSONObject = [:]
        for (name, range) in ranges {
            if let value = try body.int(name, in: range) { details[name] = .int(value) }
        }
        if body.contains("rtc_region") { details["rtc_region"] = .text(body["rtc_region"]?.string) }
        if let reaction = body["default_reaction_emoji"] {
            details["default_reaction_emoji"] =
                reaction.isNull
                ? .null
                : ["emoji_id": reaction["emoji_id"] ?? .null, "emoji_name": reaction["emoji_name"] ?? .null]
        }
        return details
    }
}
