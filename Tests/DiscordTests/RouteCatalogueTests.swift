import Contracts
import Testing

@testable import Discord

@Suite struct RouteCatalogueTests {
    /// A line of the golden list.
    private struct Golden: Hashable {
        let name: String
        let isAuthorized: Bool
        let takesReason: Bool
    }

    private let golden = goldenRoutes.split(separator: "\n").map { line in
        let parts = line.split(separator: " ")
        return Golden(
            name: "\(parts[0]) \(parts[1])", isAuthorized: parts[2] == "bot", takesReason: parts[3] == "reason")
    }

    @Test func everyRouteIsAsDiscordDescribesIt() {
        let ours = Route.catalogue.map {
            Golden(name: $0.name, isAuthorized: $0.isAuthorized, takesReason: $0.takesReason)
        }
        #expect(ours.count == Set(ours).count)
        // Open routes may be asked with the token, too; only webhooks must not be.
        let webhooks = Set(golden.filter { $0.name.contains("{webhook_token}") })
        #expect(webhooks.allSatisfy { !$0.isAuthorized })
        for golden in golden {
            let route = ours.first { $0.name == golden.name }
            #expect(route != nil, "\(golden.name) is missing")
            #expect(route?.takesReason == golden.takesReason, "\(golden.name): the audit-log reason")
            if golden.isAuthorized { #expect(route?.isAuthorized == true, "\(golden.name): the token") }
            if webhooks.contains(golden) { #expect(route?.isAuthorized == false, "\(golden.name): the token") }
        }
        #expect(Set(ours.map(\.name)) == Set(golden.map(\.name)))
    }

    @Test func everyRouteFillsItsPathAndHasItsMajorParameter() {
        for route in Route.catalogue {
            let names = route.parameterNames
            let endpoint = route.at(all: (0..<names.count).map { Snowflake(UInt64($0 + 7)) })
            #expect(!endpoint.path.contains("{"), "\(route.name)")
            #expect(endpoint.parameters.count == names.count, "\(route.name)")
            let major = names.firstIndex { ["channel_id", "guild_id", "webhook_id"].contains($0) }
            let expected = major.map { String($0 + 7) } ?? ""
            let suffix = names.contains("webhook_token") ? ":" + "8".hashedName : ""
            #expect(endpoint.rateRoute.majorParameter == expected + suffix, "\(route.name)")
            #expect(route.page.hasPrefix("https://discord.com/developers/docs/"), "\(route.name)")
        }
    }

    @Test func postsAreNotRepeatedUnlessTheySaySo() {
        let repeatable = Route.catalogue.filter { $0.method == .post && $0.isRepeatable }.map(\.name).sorted()
        #expect(
            repeatable == [
                "POST /applications/{application_id}/commands",
                "POST /applications/{application_id}/guilds/{guild_id}/commands",
                "POST /channels/{channel_id}/messages/bulk-delete",
                "POST /channels/{channel_id}/polls/{message_id}/expire",
                "POST /channels/{channel_id}/typing", "POST /guilds/{guild_id}/bulk-ban", "POST /users/@me/channels",
            ])
    }

    @Test func pathsAreEncodedAndTokensHidden() {
        let reaction = Route.createReaction.at(Snowflake(1), Snowflake(2), "blob:3")
        #expect(reaction.path == "/channels/1/messages/2/reactions/blob%3A3/@me")
        #expect(Route.getInvite.at("../guilds").path == "/invites/..%2Fguilds")
        let webhook = Route.executeWebhook.at(Snowflake(5), WebhookToken("s3cret"))
        #expect(webhook.path == "/webhooks/5/s3cret")
        #expect(!webhook.rateRoute.majorParameter.contains("s3cret"))
        #expect(webhook.rateRoute != Route.executeWebhook.at(Snowflake(5), WebhookToken("other")).rateRoute)
        #expect(!Route.respondToInteraction.at(Snowflake(5), WebhookToken("t")).rateRoute.countsGlobally)
    }
}
