extension Route {
    static let getChannel = Route(
        .get, "/channels/{channel_id}", needs: .viewChannel, page: "resources/channel#get-channel")
    static let modifyChannel = Route(
        .patch, "/channels/{channel_id}",
        needs: .manageChannels, reason: true, page: "resources/channel#modify-channel")
    static let deleteChannel = Route(
        .delete, "/channels/{channel_id}",
        needs: .manageChannels, reason: true, page: "resources/channel#deleteclose-channel")
    static let editChannelPermissions = Route(
        .put, "/channels/{channel_id}/permissions/{overwrite_id}",
        needs: .manageRoles, reason: true, page: "resources/channel#edit-channel-permissions")
    static let deleteChannelPermission = Route(
        .delete, "/channels/{channel_id}/permissions/{overwrite_id}",
        needs: .manageRoles, reason: true, page: "resources/channel#delete-channel-permission")
    static let followAnnouncementChannel = Route(
        .post, "/channels/{channel_id}/followers",
        needs: .manageWebhooks, reason: true, page: "resources/channel#follow-announcement-channel")
    static let getGuildChannels = Route(
        .get, "/guilds/{guild_id}/channels", page: "resources/guild#get-guild-channels")
    static let createGuildChannel = Route(
        .post, "/guilds/{guild_id}/channels",
        needs: .manageChannels, reason: true, page: "resources/guild#create-guild-channel")
    static let modifyGuildChannelPositions = Route(
        .patch, "/guilds/{guild_id}/channels",
        needs: .manageChannels, page: "resources/guild#modify-guild-channel-positions")

    static let channels: [Route] = [
        .getChannel, .modifyChannel, .deleteChannel, .editChannelPermissions, .deleteChannelPermission,
        .followAnnouncementChannel, .getGuildChannels, .createGuildChannel, .modifyGuildChannelPositions,
    ]
}
