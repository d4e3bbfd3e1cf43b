import Contracts
import Discord

extension Exercise {
    func messages() async throws {
        var first = CreateMessage(content: "first @everyone <@1>", nonce: "x-\(UInt32.random(in: 0 ... .max))")
        first.embeds = [.object(["title": .string("T"), "description": .string("D"), "color": .integer(255)])]
        let posted = try await rest.createMessage(first, in: channel)
        let again = try await rest.createMessage(first, in: channel)
        try expect(posted.id == again.id, "the same nonce gives the same message")
        try expect(posted.mentionEveryone != true, "nobody is pinged")

        var answer = CreateMessage(content: "reply", nonce: "y-\(UInt32.random(in: 0 ... .max))")
        answer.reply = MessageReference(messageID: posted.id)
        let reply = try await rest.createMessage(answer, in: channel)
        try expect(reply.messageReference?.messageID == posted.id, "a reply points to its message")

        let edited = try await rest.editMessage(posted.id, in: channel, EditMessage(content: .set("changed")))
        try expect(edited.content == "changed" && edited.editedTimestamp != nil, "an edit changes the content")
        let bare = try await rest.editMessage(posted.id, in: channel, EditMessage(embeds: .set([])))
        try expect(bare.embeds?.isEmpty ?? true, "an edit can take the embeds away")
        try expect(try await rest.message(posted.id, in: channel).content == "changed", "the change stays")

        try expect(try await rest.messages(in: channel, limit: 1).first?.id == reply.id, "the newest comes first")
        let around = try await rest.messages(in: channel, .around(posted.id), limit: 3)
        try expect(around.contains { $0.id == posted.id }, "around holds its middle")
        let before = try await rest.messages(in: channel, .before(reply.id), limit: 1)
        try expect(before.first?.id == posted.id, "before is exclusive")
        let after = try await rest.messages(in: channel, .after(posted.id), limit: 1)
        try expect(after.first?.id == reply.id, "after is exclusive")

        try await rest.triggerTyping(in: channel)
        try await rest.deleteMessage(reply.id, in: channel, reason: reason)
        await expectGone(reply.id)
        let extra = try await post("bulk")
        try await rest.deleteMessages([posted.id, extra.id], in: channel, reason: reason)
        await expectGone(posted.id)
        try await expectRefusal([50035], "2001 characters") { () async throws(DiscordError) in
            _ = try await rest.createMessage(
                CreateMessage(content: String(repeating: "x", count: 2001)), in: channel)
        }
        try await expectRefusal([10003], "a channel that is not") { () async throws(DiscordError) in
            _ = try await rest.messages(in: Snowflake(4242))
        }
        try await announcements()
    }

    private func announcements() async throws {
        let news = try await rest.createChannel(CreateChannel(name: "news", type: .announcement), in: guild)
        let posted = try await post("extra", in: news.id)
        let crossposted = try await rest.crosspost(posted.id, in: news.id)
        try expect((crossposted.flags ?? 0) & 1 == 1, "a crosspost is marked")
        try await rest.follow(news.id, into: channel, reason: reason)
        try await rest.deleteChannel(news.id, reason: reason)
    }

    private func expectGone(_ id: Snowflake) async {
        do {
            _ = try await rest.message(id, in: channel)
            print("NOTE message \(id) is still there")
        } catch {}
    }

    func uploads() async throws {
        var message = CreateMessage(content: "files", nonce: "f-\(UInt32.random(in: 0 ... .max))")
        message.files = [
            FileUpload(
                name: "hello.txt", contentType: "text/plain", bytes: Array("hello".utf8), description: "greeting"),
            FileUpload(name: "two.bin", bytes: [1, 2, 3]),
        ]
        let posted = try await rest.createMessage(message, in: channel)
        try expect(posted.attachments?.map(\.filename) == ["hello.txt", "two.bin"], "both files are there")
        try expect(posted.attachments?.first?.size == 5, "a file has its size")
        var edit = EditMessage()
        edit.keptAttachments = posted.attachments.map { $0.suffix(1).map(\.id) }
        edit.files = [FileUpload(name: "three.txt", bytes: Array("3".utf8))]
        let edited = try await rest.editMessage(posted.id, in: channel, edit)
        try expect(edited.attachments?.map(\.filename) == ["two.bin", "three.txt"], "one stays, one is new")
        try await rest.deleteMessage(posted.id, in: channel)
    }

    func reactions() async throws {
        let message = try await post("react")
        try await rest.addReaction("👍", to: message.id, in: channel)
        try await rest.addReaction("🎉", to: message.id, in: channel)
        let users = try await rest.reactions(with: "👍", to: message.id, in: channel)
        try expect(users.count == 1, "one user reacted")
        try expect(
            try await rest.message(message.id, in: channel).reactions?.count == 2, "two kinds of reactions")
        try await rest.removeReaction("👍", from: message.id, in: channel)
        try await rest.removeReaction("🎉", of: users[0].id, from: message.id, in: channel)
        try await rest.addReaction("👀", to: message.id, in: channel)
        try await rest.clearReactions(of: "👀", from: message.id, in: channel)
        try await rest.addReaction("👀", to: message.id, in: channel)
        try await rest.clearReactions(from: message.id, in: channel)
        try expect(
            try await rest.message(message.id, in: channel).reactions?.isEmpty ?? true, "no reaction is left")
        try await rest.deleteMessage(message.id, in: channel)
    }

    func pins() async throws {
        let message = try await post("pin")
        try await rest.pin(message.id, in: channel, reason: reason)
        let page = try await rest.pins(in: channel)
        try expect(page.items?.contains { $0.message?.id == message.id } ?? false, "the pin is listed")
        try await rest.unpin(message.id, in: channel, reason: reason)
        let after = try await rest.pins(in: channel)
        try expect(!(after.items?.contains { $0.message?.id == message.id } ?? false), "the pin is gone")
        try await rest.deleteMessage(message.id, in: channel)
    }

    func polls() async throws {
        var message = CreateMessage(nonce: "p-\(UInt32.random(in: 0 ... .max))")
        message.poll = CreatePoll(question: "Tea?", answers: ["yes", "no"], hours: 1)
        let posted = try await rest.createMessage(message, in: channel)
        try expect(posted.poll != nil, "the poll is there")
        try expect(try await rest.voters(for: 1, of: posted.id, in: channel).isEmpty, "nobody voted")
        let ended = try await rest.endPoll(posted.id, in: channel)
        try expect(ended.id == posted.id, "the poll's message comes back")
        try await rest.deleteMessage(posted.id, in: channel)
    }

    func search() async throws {
        let word = "needle\(UInt32.random(in: 0 ... .max))"
        let message = try await post("find the \(word)")
        var search = MessageSearch(content: word)
        search.channels = [channel, world.channel2]
        for _ in 0..<20 {
            switch try await rest.search(search, in: guild) {
            case .found(let page) where page.hits.map(\.id) == [message.id]:
                try await rest.deleteMessage(message.id, in: channel)
                return
            // The rate limit paces us.
            case .found, .indexing: continue
            }
        }
        throw Failed(description: "the search does not find the message")
    }
}
