import Contracts

/// Turns a message body into a draft, or tells every field that is wrong.
/// Source: <https://discord.com/developers/docs/resources/message#create-message>
enum MessageForm {
    /// Source: <https://discord.com/developers/docs/resources/message#embed-object-embed-limits>
    private static let embedTotal = 6000
    private static let embedLimits = [("title", 256), ("description", 4096)]
    private static let nestedEmbedLimits = [("footer", "text", 2048), ("author", "name", 256)]

    /// - Parameter store: keeps a file under a name and gives its path, `channel/id/name`.
    static func draft(
        _ body: JSONObject, files: [MultipartBody.File], store: (MultipartBody.File, String) -> String
    ) throws(APIError) -> MessageDraft {
        var draft = MessageDraft()
        draft.content = try body.text("content", length: 0...2000) ?? ""
        draft.embeds = try embeds(body["embeds"])
        draft.components = body["components"]?.array ?? []
        draft.stickerIDs = try body.snowflakes("sticker_ids") ?? []
        guard draft.stickerIDs.count <= 3 else { throw .badLength("sticker_ids", 0...3) }
        draft.flags = (try body.int("flags", in: 0...Int(Int32.max)) ?? 0) & MessageDraft.settableFlags
        draft.isSpoken = try body.flag("tts") ?? false
        try ComponentForm.check(draft.components, isV2: draft.flags & MessageDraft.componentsV2 != 0)
        if draft.flags & MessageDraft.componentsV2 != 0, !draft.content.isEmpty || !draft.embeds.isEmpty {
            throw .form(
                draft.content.isEmpty ? "embeds" : "content", "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
                "The 'content' field cannot be used when using MessageFlags.IS_COMPONENTS_V2")
        }
        draft.enforcesNonce = try body.flag("enforce_nonce") ?? false
        if let nonce = body["nonce"], !nonce.isNull {
            guard let text = nonce.string ?? nonce.int.map({ String($0) }) else {
                throw .form("nonce", "NONCE_TYPE_TOO_LONG", "Nonce must be an integer or a string.")
            }
            guard text.count <= 25 else { throw .badLength("nonce", 0...25) }
            draft.nonce = nonce
        }
        if let reference = body["message_reference"]?.object {
            guard let id = reference["message_id"]?.snowflake else { throw .required("message_reference.message_id") }
            if reference["type"]?.int == 1 {
                guard let channel = reference["channel_id"]?.snowflake else {
                    throw .required("message_reference.channel_id")
                }
                draft.forward = MessageDraft.Forward(messageID: id, channelID: channel)
            } else {
                draft.reply = MessageDraft.Reply(
                    messageID: id, failsIfMissing: reference["fail_if_not_exists"]?.bool ?? true)
            }
        }
        draft.allowedMentions = try allowedMentions(body["allowed_mentions"])
        draft.attachments = try attachments(body, files: files, store: store)
        return draft
    }

    private static func embeds(_ value: JSONValue?) throws(APIError) -> [JSONValue] {
        let embeds = value?.array ?? []
        guard embeds.count <= 10 else { throw .badLength("embeds", 0...10) }
        var total = 0
        var finished: [JSONValue] = []
        for (index, value) in embeds.enumerated() {
            guard var embed = value.object else {
                throw .form("embeds.\(index)", "DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType")
            }
            func count(_ text: String?, _ limit: Int, _ path: String) throws(APIError) {
                guard let length = text?.unicodeScalars.count else { return }
                guard length <= limit else { throw .badLength("embeds.\(index).\(path)", 0...limit) }
                total += length
            }
            for (name, limit) in embedLimits { try count(embed[name]?.string, limit, name) }
            for (name, part, limit) in nestedEmbedLimits {
                try count(embed[name]?[part]?.string, limit, "\(name).\(part)")
            }
            let fields = embed["fields"]?.array ?? []
            guard fields.count <= 25 else { throw .badLength("embeds.\(index).fields", 0...25) }
            for (number, field) in fields.enumerated() {
                guard field["name"]?.string != nil else { throw .required("embeds.\(index).fields.\(number).name") }
                guard field["value"]?.string != nil else { throw .required("embeds.\(index).fields.\(number).value") }
                try count(field["name"]?.string, 256, "fields.\(number).name")
                try count(field["value"]?.string, 1024, "fields.\(number).value")
            }
            embed["type"] = "rich"
            finished.append(.object(embed))
        }
        guard total <= embedTotal else {
            throw .form("embeds", "MAX_EMBED_SIZE_EXCEEDED", "Embed size exceeds maximum size of \(embedTotal)")
        }
        return finished
    }

    /// Source: <https://discord.com/developers/docs/resources/message#allowed-mentions-object>
    private static func allowedMentions(_ value: JSONValue?) throws(APIError) -> AllowedMentions? {
        guard let object = value?.object else { return nil }
        var result = AllowedMentions()
        result.users = try object.snowflakes("users") ?? []
        result.roles = try object.snowflakes("roles") ?? []
        result.repliedUser = object["replied_user"]?.bool ?? false
        for (index, item) in (object["parse"]?.array ?? []).enumerated() {
            switch item.string {
            case "users": result.parsesUsers = true
            case "roles": result.parsesRoles = true
            case "everyone": result.parsesEveryone = true
            default:
                throw .form(
                    "allowed_mentions.parse.\(index)", "BASE_TYPE_CHOICES",
                    "Value must be one of ('users', 'roles', 'everyone').")
            }
        }
        for (name, ids, parses) in [
            ("users", result.users, result.parsesUsers), ("roles", result.roles, result.parsesRoles),
        ] {
            guard ids.count <= 100 else { throw .badLength("allowed_mentions.\(name)", 0...100) }
            guard !parses || ids.isEmpty else {
                throw .form(
                    "allowed_mentions", "MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE",
                    "parse:[\"\(name)\"] and \(name): [ids...] are mutually exclusive.")
            }
        }
        return result
    }

    private static func attachments(
        _ body: JSONObject, files: [MultipartBody.File], store: (MultipartBody.File, String) -> String
    ) throws(APIError) -> [JSONValue] {
        guard files.count <= 10 else { throw .badLength("attachments", 0...10) }
        let described = body["attachments"]?.array ?? []
        var result: [JSONValue] = []
        for file in files {
            // Source: <https://discord.com/developers/docs/reference#uploading-files> (10 MiB for a file)
            guard file.size <= 10 << 20 else {
                throw APIError(status: 413, code: 40005, message: "Request entity too large")
            }
            let note = described.first { $0["id"]?.int == file.index }?.object ?? [:]
            let name = safe(note["filename"]?.string ?? file.filename)
            let path = store(file, name)
            var attachment: JSONObject = [
                "id": .string(String(path.split(separator: "/").dropFirst().first ?? "0")), "filename": .string(name),
                "size": .int(file.size), "path": .string(path),
            ]
            attachment["content_type"] = .string(file.contentType ?? "application/octet-stream")
            if note["is_spoiler"]?.bool == true { attachment["flags"] = .int(1 << 3) }
            attachment["description"] = try note.text("description", length: 0...1024).map { .string($0) }
            result.append(.object(attachment))
        }
        return result
    }

    /// Names as Discord keeps them: what would matter in a path becomes an underscore.
    private static func safe(_ name: String) -> String {
        String(name.map { $0.isLetter || $0.isNumber || "._-".contains($0) ? $0 : "_" })
    }
}
