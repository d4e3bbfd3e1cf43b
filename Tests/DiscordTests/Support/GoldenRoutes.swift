/// The routes of our catalogue as Discord describes them: method, path, whether it takes the bot token, whether its
/// documentation names `X-Audit-Log-Reason`, and the kinds of body that it accepts.
///
/// Taken from Discord's OpenAPI description (github.com/discord/discord-api-spec, 74dfad0 of 2026-07-18) and its
/// documentation's pages (c98d64b of 2026-08-06). The description is under the MIT licence:
///
/// MIT License
///
/// Copyright 2023 Discord
///
/// Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
/// documentation files (the "Software"), to deal in the Software without restriction, including without limitation
/// the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and
/// to permit persons to whom the Software is furnished to do so, subject to the following conditions:
///
/// The above copyright notice and this permission notice shall be included in all copies or substantial portions of
/// the Software.
///
/// THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO
/// THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
/// AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
/// CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
/// DEALINGS IN THE SOFTWARE.
let goldenRoutes = """
    GET /channels/{channel_id}/messages bot - -
    GET /channels/{channel_id}/messages/{message_id} bot - -
    POST /channels/{channel_id}/messages bot - form-data,json
    PATCH /channels/{channel_id}/messages/{message_id} bot - form-data,json
    DELETE /channels/{channel_id}/messages/{message_id} bot reason -
    POST /channels/{channel_id}/messages/bulk-delete bot reason json
    POST /channels/{channel_id}/messages/{message_id}/crosspost bot - -
    GET /guilds/{guild_id}/messages/search bot - -
    POST /channels/{channel_id}/typing bot - -
    PUT /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me bot - -
    DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/@me bot - -
    DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}/{user_id} bot - -
    GET /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name} bot - -
    DELETE /channels/{channel_id}/messages/{message_id}/reactions bot - -
    DELETE /channels/{channel_id}/messages/{message_id}/reactions/{emoji_name} bot - -
    GET /channels/{channel_id}/messages/pins bot - -
    PUT /channels/{channel_id}/messages/pins/{message_id} bot reason -
    DELETE /channels/{channel_id}/messages/pins/{message_id} bot reason -
    GET /channels/{channel_id}/polls/{message_id}/answers/{answer_id} bot - -
    POST /channels/{channel_id}/polls/{message_id}/expire bot - -
    POST /channels/{channel_id}/messages/{message_id}/threads bot reason json
    POST /channels/{channel_id}/threads bot reason form-data,json
    GET /guilds/{guild_id}/threads/active bot - -
    GET /channels/{channel_id}/threads/archived/public bot - -
    GET /channels/{channel_id}/threads/archived/private bot - -
    GET /channels/{channel_id}/users/@me/threads/archived/private bot - -
    GET /channels/{channel_id}/threads/search bot - -
    PUT /channels/{channel_id}/thread-members/@me bot - -
    DELETE /channels/{channel_id}/thread-members/@me bot - -
    PUT /channels/{channel_id}/thread-members/{user_id} bot - -
    DELETE /channels/{channel_id}/thread-members/{user_id} bot - -
    GET /channels/{channel_id}/thread-members/{user_id} bot - -
    GET /channels/{channel_id}/thread-members bot - -
    GET /channels/{channel_id} bot - -
    PATCH /channels/{channel_id} bot reason json
    DELETE /channels/{channel_id} bot reason -
    PUT /channels/{channel_id}/permissions/{overwrite_id} bot reason json
    DELETE /channels/{channel_id}/permissions/{overwrite_id} bot reason -
    POST /channels/{channel_id}/followers bot reason json
    GET /guilds/{guild_id}/channels bot - -
    POST /guilds/{guild_id}/channels bot reason json
    PATCH /guilds/{guild_id}/channels bot - json
    GET /guilds/{guild_id} bot - -
    PATCH /guilds/{guild_id} bot reason json
    GET /guilds/{guild_id}/preview bot - -
    PUT /guilds/{guild_id}/incident-actions bot - json
    GET /guilds/{guild_id}/vanity-url bot - -
    GET /guilds/{guild_id}/integrations bot - -
    DELETE /guilds/{guild_id}/integrations/{integration_id} bot reason -
    GET /guilds/{guild_id}/widget bot - -
    PATCH /guilds/{guild_id}/widget bot reason json
    GET /guilds/{guild_id}/welcome-screen bot - -
    PATCH /guilds/{guild_id}/welcome-screen bot reason json
    GET /guilds/{guild_id}/onboarding bot - -
    PUT /guilds/{guild_id}/onboarding bot reason json
    GET /guilds/templates/{code} open - -
    GET /guilds/{guild_id}/templates bot - -
    POST /guilds/{guild_id}/templates bot - json
    PUT /guilds/{guild_id}/templates/{code} bot - -
    PATCH /guilds/{guild_id}/templates/{code} bot - json
    DELETE /guilds/{guild_id}/templates/{code} bot - -
    GET /guilds/{guild_id}/members bot - -
    GET /guilds/{guild_id}/members/search bot - -
    GET /guilds/{guild_id}/members/{user_id} bot - -
    PATCH /guilds/{guild_id}/members/{user_id} bot reason json
    PATCH /guilds/{guild_id}/members/@me bot reason json
    PUT /guilds/{guild_id}/members/{user_id}/roles/{role_id} bot reason -
    DELETE /guilds/{guild_id}/members/{user_id}/roles/{role_id} bot reason -
    DELETE /guilds/{guild_id}/members/{user_id} bot reason -
    GET /guilds/{guild_id}/requests bot - -
    PATCH /guilds/{guild_id}/requests/{request_id} bot - json
    GET /guilds/{guild_id}/roles bot - -
    GET /guilds/{guild_id}/roles/{role_id} bot - -
    GET /guilds/{guild_id}/roles/member-counts bot - -
    POST /guilds/{guild_id}/roles bot reason json
    PATCH /guilds/{guild_id}/roles bot reason json
    PATCH /guilds/{guild_id}/roles/{role_id} bot reason json
    DELETE /guilds/{guild_id}/roles/{role_id} bot reason -
    GET /guilds/{guild_id}/bans bot - -
    GET /guilds/{guild_id}/bans/{user_id} bot - -
    PUT /guilds/{guild_id}/bans/{user_id} bot reason json
    DELETE /guilds/{guild_id}/bans/{user_id} bot reason json
    POST /guilds/{guild_id}/bulk-ban bot reason json
    GET /guilds/{guild_id}/prune bot - -
    POST /guilds/{guild_id}/prune bot reason json
    GET /guilds/{guild_id}/audit-logs bot - -
    GET /guilds/{guild_id}/auto-moderation/rules bot - -
    GET /guilds/{guild_id}/auto-moderation/rules/{rule_id} bot - -
    POST /guilds/{guild_id}/auto-moderation/rules bot reason json
    PATCH /guilds/{guild_id}/auto-moderation/rules/{rule_id} bot reason json
    DELETE /guilds/{guild_id}/auto-moderation/rules/{rule_id} bot reason -
    POST /channels/{channel_id}/webhooks bot reason json
    GET /channels/{channel_id}/webhooks bot - -
    GET /guilds/{guild_id}/webhooks bot - -
    GET /webhooks/{webhook_id} bot - -
    PATCH /webhooks/{webhook_id} bot reason json
    DELETE /webhooks/{webhook_id} bot reason -
    POST /webhooks/{webhook_id}/{webhook_token} open - form-data,json
    GET /webhooks/{webhook_id}/{webhook_token}/messages/{message_id} open - -
    PATCH /webhooks/{webhook_id}/{webhook_token}/messages/{message_id} open - form-data,json
    DELETE /webhooks/{webhook_id}/{webhook_token}/messages/{message_id} open - -
    GET /guilds/{guild_id}/emojis bot - -
    GET /guilds/{guild_id}/emojis/{emoji_id} bot - -
    POST /guilds/{guild_id}/emojis bot reason json
    PATCH /guilds/{guild_id}/emojis/{emoji_id} bot reason json
    DELETE /guilds/{guild_id}/emojis/{emoji_id} bot reason -
    GET /applications/{application_id}/emojis bot - -
    POST /applications/{application_id}/emojis bot - json
    PATCH /applications/{application_id}/emojis/{emoji_id} bot - json
    DELETE /applications/{application_id}/emojis/{emoji_id} bot - -
    GET /guilds/{guild_id}/stickers bot - -
    GET /guilds/{guild_id}/stickers/{sticker_id} bot - -
    POST /guilds/{guild_id}/stickers bot reason form-data
    PATCH /guilds/{guild_id}/stickers/{sticker_id} bot reason json
    DELETE /guilds/{guild_id}/stickers/{sticker_id} bot reason -
    GET /guilds/{guild_id}/soundboard-sounds bot - -
    GET /guilds/{guild_id}/soundboard-sounds/{sound_id} bot - -
    POST /guilds/{guild_id}/soundboard-sounds bot reason json
    PATCH /guilds/{guild_id}/soundboard-sounds/{sound_id} bot reason json
    DELETE /guilds/{guild_id}/soundboard-sounds/{sound_id} bot reason -
    GET /guilds/{guild_id}/scheduled-events bot - -
    GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id} bot - -
    POST /guilds/{guild_id}/scheduled-events bot reason json
    PATCH /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id} bot reason json
    DELETE /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id} bot - -
    GET /guilds/{guild_id}/scheduled-events/{guild_scheduled_event_id}/users bot - -
    GET /invites/{code} open - -
    DELETE /invites/{code} bot reason -
    GET /channels/{channel_id}/invites bot - -
    POST /channels/{channel_id}/invites bot reason form-data,json
    GET /guilds/{guild_id}/invites bot - -
    GET /guilds/{guild_id}/voice-states/{user_id} bot - -
    GET /guilds/{guild_id}/voice-states/@me bot - -
    PATCH /guilds/{guild_id}/voice-states/{user_id} bot - json
    PATCH /guilds/{guild_id}/voice-states/@me bot - json
    PUT /channels/{channel_id}/voice-status bot reason json
    POST /stage-instances bot reason json
    GET /stage-instances/{channel_id} bot - -
    PATCH /stage-instances/{channel_id} bot reason json
    DELETE /stage-instances/{channel_id} bot reason -
    GET /users/@me bot - -
    GET /users/{user_id} bot - -
    GET /users/@me/guilds bot - -
    DELETE /users/@me/guilds/{guild_id} bot - -
    POST /users/@me/channels bot - json
    GET /gateway/bot bot - -
    GET /applications/@me bot - -
    GET /applications/{application_id}/commands bot - -
    POST /applications/{application_id}/commands bot - json
    PATCH /applications/{application_id}/commands/{command_id} bot - json
    DELETE /applications/{application_id}/commands/{command_id} bot - -
    GET /applications/{application_id}/guilds/{guild_id}/commands bot - -
    POST /applications/{application_id}/guilds/{guild_id}/commands bot - json
    PATCH /applications/{application_id}/guilds/{guild_id}/commands/{command_id} bot - json
    DELETE /applications/{application_id}/guilds/{guild_id}/commands/{command_id} bot - -
    POST /interactions/{interaction_id}/{interaction_token}/callback open - form-data,json
    """
