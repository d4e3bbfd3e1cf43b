import Contracts

extension Route {
    static let listScheduledEvents = Route(
        .get, "/guilds/{guild_id}/scheduled-events",
        page: "resources/guild-scheduled-event#list-scheduled-events-for-guild")
    static let getScheduledEvent = Route(
        .get, "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        page: "resources/guild-scheduled-event#get-guild-scheduled-event")
    static let createScheduledEvent = Route(
        .post, "/guilds/{guild_id}/scheduled-events",
        needs: .createEvents, reason: true, lane: .post,
        page: "resources/guild-scheduled-event#create-guild-scheduled-event")
    static let modifyScheduledEvent = Route(
        .patch, "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        reason: true, page: "resources/guild-scheduled-event#modify-guild-scheduled-event")
    static let deleteScheduledEvent = Route(
        .delete, "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}",
        page: "resources/guild-scheduled-event#delete-guild-scheduled-event")
    static let getScheduledEventUsers = Route(
        .get, "/guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users",
        page: "resources/guild-scheduled-event#get-guild-scheduled-event-users")

    static let events: [Route] = [
        .listScheduledEvents, .getScheduledEvent, .createScheduledEvent, .modifyScheduledEvent,
        .deleteScheduledEvent, .getScheduledEventUsers,
    ]
}
