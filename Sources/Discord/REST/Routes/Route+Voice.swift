extension Route {
    static let getVoiceState = Route(
        .get, "/guilds/{guild_id}/voice-states/{user_id}", page: "resources/voice#get-user-voice-state")
    static let getOwnVoiceState = Route(
        .get, "/guilds/{guild_id}/voice-states/@me", page: "resources/voice#get-current-user-voice-state")
    static let modifyVoiceState = Route(
        .patch, "/guilds/{guild_id}/voice-states/{user_id}",
        needs: .muteMembers, page: "resources/voice#modify-user-voice-state")
    static let modifyOwnVoiceState = Route(
        .patch, "/guilds/{guild_id}/voice-states/@me", page: "resources/voice#modify-current-user-voice-state")
    static let setVoiceStatus = Route(
        .put, "/channels/{channel_id}/voice-status",
        needs: .setVoiceChannelStatus, reason: true, page: "resources/channel#set-voice-channel-status")
    static let createStageInstance = Route(
        .post, "/stage-instances",
        needs: [.manageChannels, .muteMembers, .moveMembers], reason: true,
        page: "resources/stage-instance#create-stage-instance")
    static let getStageInstance = Route(
        .get, "/stage-instances/{channel_id}", page: "resources/stage-instance#get-stage-instance")
    static let modifyStageInstance = Route(
        .patch, "/stage-instances/{channel_id}",
        needs: [.manageChannels, .muteMembers, .moveMembers], reason: true,
        page: "resources/stage-instance#modify-stage-instance")
    static let deleteStageInstance = Route(
        .delete, "/stage-instances/{channel_id}",
        needs: [.manageChannels, .muteMembers, .moveMembers], reason: true,
        page: "resources/stage-instance#delete-stage-instance")

    static let voice: [Route] = [
        .getVoiceState, .getOwnVoiceState, .modifyVoiceState, .modifyOwnVoiceState, .setVoiceStatus,
        .createStageInstance, .getStageInstance, .modifyStageInstance, .deleteStageInstance,
    ]
}
