extension Route {
    static let listGuildEmojis = Route(
        .get, "/guilds/{guild_id}/emojis", page: "resources/emoji#list-guild-emojis")
    static let getGuildEmoji = Route(
        .get, "/guilds/{guild_id}/emojis/{emoji_id}", page: "resources/emoji#get-guild-emoji")
    static let createGuildEmoji = Route(
        .post, "/guilds/{guild_id}/emojis",
        needs: .createGuildExpressions, reason: true, page: "resources/emoji#create-guild-emoji")
    static let modifyGuildEmoji = Route(
        .patch, "/guilds/{guild_id}/emojis/{emoji_id}", reason: true, page: "resources/emoji#modify-guild-emoji")
    static let deleteGuildEmoji = Route(
        .delete, "/guilds/{guild_id}/emojis/{emoji_id}", reason: true, page: "resources/emoji#delete-guild-emoji")
    static let listApplicationEmojis = Route(
        .get, "/applications/{application_id}/emojis", page: "resources/emoji#list-application-emojis")
    static let createApplicationEmoji = Route(
        .post, "/applications/{application_id}/emojis", page: "resources/emoji#create-application-emoji")
    static let modifyApplicationEmoji = Route(
        .patch, "/applications/{application_id}/emojis/{emoji_id}", page: "resources/emoji#modify-application-emoji")
    static let deleteApplicationEmoji = Route(
        .delete, "/applications/{application_id}/emojis/{emoji_id}", page: "resources/emoji#delete-application-emoji")
    static let listGuildStickers = Route(
        .get, "/guilds/{guild_id}/stickers", page: "resources/sticker#list-guild-stickers")
    static let getGuildSticker = Route(
        .get, "/guilds/{guild_id}/stickers/{sticker_id}", page: "resources/sticker#get-guild-sticker")
    static let createGuildSticker = Route(
        .post, "/guilds/{guild_id}/stickers",
        needs: .createGuildExpressions, reason: true, page: "resources/sticker#create-guild-sticker")
    static let modifyGuildSticker = Route(
        .patch, "/guilds/{guild_id}/stickers/{sticker_id}",
        reason: true, page: "resources/sticker#modify-guild-sticker")
    static let deleteGuildSticker = Route(
        .delete, "/guilds/{guild_id}/stickers/{sticker_id}",
        reason: true, page: "resources/sticker#delete-guild-sticker")
    static let listGuildSounds = Route(
        .get, "/guilds/{guild_id}/soundboard-sounds", page: "resources/soundboard#list-guild-soundboard-sounds")
    static let getGuildSound = Route(
        .get, "/guilds/{guild_id}/soundboard-sounds/{sound_id}",
        page: "resources/soundboard#get-guild-soundboard-sound")
    static let createGuildSound = Route(
        .post, "/guilds/{guild_id}/soundboard-sounds",
        needs: .createGuildExpressions, reason: true, page: "resources/soundboard#create-guild-soundboard-sound")
    static let modifyGuildSound = Route(
        .patch, "/guilds/{guild_id}/soundboard-sounds/{sound_id}",
        reason: true, page: "resources/soundboard#modify-guild-soundboard-sound")
    static let deleteGuildSound = Route(
        .delete, "/guilds/{guild_id}/soundboard-sounds/{sound_id}",
        reason: true, page: "resources/soundboard#delete-guild-soundboard-sound")

    static let expressions: [Route] = [
        .listGuildEmojis, .getGuildEmoji, .createGuildEmoji, .modifyGuildEmoji, .deleteGuildEmoji,
        .listApplicationEmojis, .createApplicationEmoji, .modifyApplicationEmoji, .deleteApplicationEmoji,
        .listGuildStickers, .getGuildSticker, .createGuildSticker, .modifyGuildSticker, .deleteGuildSticker,
        .listGuildSounds, .getGuildSound, .createGuildSound, .modifyGuildSound, .deleteGuildSound,
    ]
}
