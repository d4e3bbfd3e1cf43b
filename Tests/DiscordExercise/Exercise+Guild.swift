import Contracts
import Discord

extension Exercise {
    func guildSettings() async throws {
        let found = try await rest.guild(guild, withCounts: true)
        try expect(found.approximateMemberCount ?? 0 > 0, "the guild has members")
        var change = ModifyGuild()
        change.description = .set("exercised")
        try expect(
            try await rest.modifyGuild(guild, change, reason: reason).description == "exercised",
            "the description is set")
        _ = try await rest.preview(of: guild)
        _ = try await rest.integrations(of: guild)
        _ = try await rest.vanityURL(of: guild)
    }

    func incidentActions() async throws {
        let end = Timestamp(unixMilliseconds: Exercise.now + 3_600_000)
        try await rest.setIncidentActions(
            IncidentActions(invitesDisabledUntil: .set(end), dmsDisabledUntil: .set(end)), of: guild)
        try await rest.setIncidentActions(
            IncidentActions(invitesDisabledUntil: .clear, dmsDisabledUntil: .clear), of: guild)
    }

    func welcome() async throws {
        let screen = WelcomeScreen(
            enabled: true, description: "hi", welcomeChannels: [.init(channelID: channel, description: "here")])
        let changed = try await rest.modifyWelcomeScreen(of: guild, screen, reason: reason)
        try expect(changed.welcomeChannels?.first?.channelID == channel, "the channel is shown")
        try expect(try await rest.welcomeScreen(of: guild).description == "hi", "the text is shown")
    }

    func onboarding() async throws {
        var onboarding = try await rest.onboarding(of: guild)
        onboarding.enabled = false
        _ = try await rest.modifyOnboarding(of: guild, onboarding, reason: reason)
    }

    func widget() async throws {
        _ = try await rest.widget(of: guild)
        let changed = try await rest.modifyWidget(of: guild, WidgetSettings(enabled: true), reason: reason)
        try expect(changed.enabled == true, "the widget is on")
    }

    func templates() async throws {
        let template = try await rest.createTemplate(name: "template", of: guild)
        try expect(try await rest.template(template.code).code == template.code, "the template can be read")
        _ = try await rest.syncTemplate(template.code, of: guild)
        _ = try await rest.modifyTemplate(template.code, name: "renamed", of: guild)
        try expect(try await rest.templates(of: guild).contains { $0.name == "renamed" }, "it is listed")
        try await rest.deleteTemplate(template.code, of: guild)
    }

    func emojis() async throws {
        let image = DataURI(contentType: "image/png", bytes: Self.pixel)
        let emoji = try await rest.createEmoji(
            EmojiRequest(name: "exercise", image: image), in: guild, reason: reason)
        guard let id = emoji.id else { throw Failed(description: "the emoji has no id") }
        let renamed = try await rest.modifyEmoji(id, of: guild, EmojiRequest(name: "renamed"), reason: reason)
        try expect(renamed.name == "renamed", "the emoji is renamed")
        try expect(try await rest.emoji(id, of: guild).id == id, "the emoji can be read")
        try expect(try await rest.emojis(of: guild).contains { $0.id == id }, "the emoji is listed")
        try await rest.deleteEmoji(id, of: guild, reason: reason)

        let application = try await rest.currentApplication().id
        let own = try await rest.createApplicationEmoji(
            EmojiRequest(name: "own", image: image), of: application)
        guard let ownID = own.id else { throw Failed(description: "the app's emoji has no id") }
        _ = try await rest.modifyApplicationEmoji(ownID, of: application, EmojiRequest(name: "owned"))
        try expect(try await rest.applicationEmojis(of: application).contains { $0.id == ownID }, "it is listed")
        try await rest.deleteApplicationEmoji(ownID, of: application)
    }

    func stickers() async throws {
        let file = FileUpload(name: "pixel.png", contentType: "image/png", bytes: Self.pixel)
        let sticker = try await rest.createSticker(
            StickerRequest(name: "exercise", description: "a pixel", tags: "wave"), file: file, in: guild,
            reason: reason)
        let renamed = try await rest.modifySticker(
            sticker.id, of: guild, StickerRequest(name: "renamed"), reason: reason)
        try expect(renamed.name == "renamed", "the sticker is renamed")
        _ = try await rest.sticker(sticker.id, of: guild)
        try expect(try await rest.stickers(of: guild).contains { $0.id == sticker.id }, "the sticker is listed")
        try await rest.deleteSticker(sticker.id, of: guild, reason: reason)
    }

    func sounds() async throws {
        let data = DataURI(contentType: "audio/ogg", bytes: Array("OggS".utf8))
        let sound = try await rest.createSound(SoundRequest(name: "beep", sound: data), in: guild, reason: reason)
        let renamed = try await rest.modifySound(
            sound.id, of: guild, SoundRequest(name: "boop", volume: 0.5), reason: reason)
        try expect(renamed.name == "boop", "the sound is renamed")
        _ = try await rest.sound(sound.id, of: guild)
        try expect(try await rest.sounds(of: guild).contains { $0.id == sound.id }, "the sound is listed")
        try await rest.deleteSound(sound.id, of: guild, reason: reason)
    }

    func events() async throws {
        let start = Timestamp(unixMilliseconds: Exercise.now + 86_400_000)
        let end = Timestamp(unixMilliseconds: Exercise.now + 90_000_000)
        let event = try await rest.createScheduledEvent(
            ScheduledEventRequest(name: "party", at: "the park", from: start, to: end), in: guild, reason: reason)
        try expect(event.name == "party", "the event has its name")
        var change = ScheduledEventRequest()
        change.name = "bigger party"
        let changed = try await rest.modifyScheduledEvent(event.id, of: guild, change, reason: reason)
        try expect(changed.name == "bigger party", "the event is changed")
        _ = try await rest.scheduledEvent(event.id, of: guild)
        _ = try await rest.scheduledEventUsers(of: event.id, in: guild)
        try expect(
            try await rest.scheduledEvents(of: guild, withUserCount: true).contains { $0.id == event.id },
            "the event is listed")
        try await rest.deleteScheduledEvent(event.id, of: guild)
    }

    func voice() async throws {
        let made = try await rest.createChannel(CreateChannel(name: "talk", type: .voice), in: guild)
        try await rest.setVoiceStatus("chatting", of: made.id, reason: reason)
        try await rest.setVoiceStatus(nil, of: made.id, reason: reason)
        try await expectRefusal([10065, 10013], "somebody who is not in voice") { () async throws(DiscordError) in
            _ = try await rest.voiceState(of: world.members[0].id, in: guild)
        }
        try await rest.deleteChannel(made.id, reason: reason)
    }

    func stage() async throws {
        let made = try await rest.createChannel(CreateChannel(name: "stage", type: .stage), in: guild)
        let stage = try await rest.openStage("a talk", in: made.id, reason: reason)
        try expect(stage.topic == "a talk", "the stage has its topic")
        _ = try await rest.modifyStage(of: made.id, topic: "another talk", reason: reason)
        try expect(try await rest.stage(of: made.id).topic == "another talk", "the topic is changed")
        try await rest.closeStage(of: made.id, reason: reason)
        try await rest.deleteChannel(made.id, reason: reason)
    }

    func commands() async throws {
        let application = try await rest.currentApplication().id
        for place in [guild, nil] as [Snowflake?] {
            let command = try await rest.createCommand(
                ApplicationCommandRequest(name: "hello", description: "says hello", type: 1), of: application, in: place
            )
            let changed = try await rest.editCommand(
                command.id, ApplicationCommandRequest(description: "says hi"), of: application, in: place)
            try expect(changed.description == "says hi", "the command is changed")
            try expect(
                try await rest.commands(of: application, in: place).contains { $0.id == command.id }, "it is listed")
            try await rest.deleteCommand(command.id, of: application, in: place)
        }
    }

    /// Enough posts at once that limits and injected faults bind.
    func burst() async throws {
        let ids = try await withThrowingTaskGroup(of: Snowflake.self) { group in
            for number in 0..<30 {
                group.addTask { try await post("burst \(number)", in: number % 2 == 0 ? channel : world.channel2).id }
            }
            for _ in 0..<60 { group.addTask { try await rest.messages(in: channel, limit: 1).first?.id ?? channel } }
            return try await group.reduce(into: [Snowflake]()) { $0.append($1) }
        }
        try expect(ids.count == 90, "every call ends well")
        let mine = try await rest.messages(in: channel, limit: 100).filter { $0.content?.hasPrefix("burst") ?? false }
        try expect(Set(mine.compactMap(\.content)).count == mine.count, "nothing was posted twice")
        try expect(mine.count == 15, "every post arrived: \(mine.count)")
        try await rest.deleteMessages(mine.map(\.id), in: channel, reason: reason)
        let others = try await rest.messages(in: world.channel2, limit: 100)
            .filter { $0.content?.hasPrefix("burst") ?? false }
        try await rest.deleteMessages(others.map(\.id), in: world.channel2, reason: reason)
    }

    /// A PNG of one pixel.
    private static let pixel: [UInt8] = [
        0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D, 0x49, 0x48, 0x44, 0x52, 0, 0, 0, 1, 0, 0, 0, 1,
        8, 6, 0, 0, 0, 0x1F, 0x15, 0xC4, 0x89, 0, 0, 0, 0x0D, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9C, 0x63, 0, 1, 0, 0, 5,
        0, 1, 0x0D, 0x0A, 0x2D, 0xB4, 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82,
    ]
}
