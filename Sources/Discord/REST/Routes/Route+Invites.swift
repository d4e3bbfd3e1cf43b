extension Route {
    static let getInvite = Route(
        .get, "/invites/{code}", page: "resources/invite#get-invite")
    static let deleteInvite = Route(
        .delete, "/invites/{code}", reason: true, page: "resources/invite#delete-invite")
    static let getChannelInvites = Route(
        .get, "/channels/{channel_id}/invites", needs: .manageChannels, page: "resources/channel#get-channel-invites")
    static let createChannelInvite = Route(
        .post, "/channels/{channel_id}/invites",
        needs: .createInstantInvite, reason: true, page: "resources/channel#create-channel-invite")
    static let getGuildInvites = Route(
        .get, "/guilds/{guild_id}/invites", needs: .manageGuild, page: "resources/guild#get-guild-invites")

    static let invites: [Route] = [
        .getInvite, .deleteInvite, .getChannelInvites, .createChannelInvite, .getGuildInvites,
    ]
}
