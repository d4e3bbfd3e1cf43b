import Contracts
import Foundation
import SwiftProtobuf
import Testing

/// The bytes of every message: a change here is a change of the contract between processes of different versions.
@Suite struct GoldenWireTests {
    @Test func command() throws {
        var command = WireCommand()
        command.principal.keyID = "k1"
        command.principal.tenant = "t1"
        command.tool = "send_message"
        command.argumentsDigest = Data([0xAB])
        command.idempotencyKey = "once"
        command.sendMessage.channelID = 5
        command.sendMessage.content = "hi"
        command.sendMessage.embedJson = Data("{}".utf8)
        try expect(
            command,
            "0a080a026b3112027431120c73656e645f6d6573736167651a01ab22046f6e63655211090500000000000000120268691a027b7d")
    }

    @Test func moderation() throws {
        var command = WireCommand()
        command.moderateContent.action = .banUser
        command.moderateContent.guildID = 1
        command.moderateContent.channelID = 2
        command.moderateContent.targetIds = [3, 4]
        command.moderateContent.reason = "r"
        command.moderateContent.deleteMessageSeconds = 86_400
        command.moderateContent.timeoutSeconds = 60
        try expect(
            command,
            "5a2f0803110100000000000000190200000000000000221003000000000000000400000000000000" + "2a01723080a305383c")
    }

    @Test func commandReply() throws {
        var reply = WireCommandReply()
        reply.answer.text = "ok"
        reply.answer.source = "executor"
        reply.replayed = true
        reply.auditSequence = 7
        try expect(reply, "120e0a026f6b12086578656375746f7218012007")
        var failure = WireCommandReply()
        failure.error = WireError(.busy, "m", hint: "h", retryAfterSeconds: 1.5, details: ["a": "b"])
        try expect(failure, "0a190807" + "12016d" + "1a0168" + "21000000000000f83f" + "2a060a01611201" + "62")
    }

    @Test func query() throws {
        var query = WireQuery()
        query.principal.keyID = "k"
        query.scope.guildIds = [1]
        query.scope.allChannels = true
        query.getMessages.channelID = 2
        query.getMessages.limit = 50
        query.getMessages.before.messageID = 9
        query.getMessages.after.unixMilliseconds = -1
        try expect(
            query,
            "0a030a016b" + "120c120801000000000000001801" + "52210902000000000000001032" + "1a09090900000000000000"
                + "220911ffffffffffffffff")
        var search = WireQuery()
        search.searchMessages.query = "x"
        search.searchMessages.hasAttachments_p = false
        search.searchMessages.pinnedOnly = true
        try expect(search, "62070a017828003801")
    }

    @Test func moderationContext() throws {
        var reply = WireQueryReply()
        reply.moderationContext.guildID = 1
        reply.moderationContext.ownerID = 2
        var role = WireRoleState()
        role.id = 3
        role.position = -1
        role.permissions = 8
        reply.moderationContext.roles = [role]
        reply.moderationContext.bot.userID = 4
        reply.moderationContext.bot.roleIds = [3]
        try expect(
            reply,
            "2a4609010000000000000011020000000000000"
                + "01a1d09030000000000000018ffffffffffffffffff01210800000000000000"
                + "221309040000000000000012080300000000000000")
    }

    @Test func records() throws {
        var record = WireAuditRecord()
        record.kind = .intent
        record.timeUnixUs = 1
        record.process = "executor"
        record.principal.keyID = "k"
        record.tool = "moderate_content"
        record.action = "ban_user"
        record.commandID = Data([1, 2])
        record.guildID = 3
        record.targetIds = [4]
        try expect(
            record,
            "0801" + "110100000000000000" + "1a086578656375746f72" + "22030a016b"
                + "2a106d6f6465726174655f636f6e74656e74"
                + "320862616e5f75736572" + "3a020102" + "410300000000000000" + "52080400000000000000")
        var batch = WireRecordBatch()
        batch.producer = "p"
        batch.epoch = 1
        batch.firstSequence = 2
        batch.bodies = [Data([9]), Data()]
        try expect(batch, "0a0170" + "110100000000000000" + "1802" + "220109" + "2200")
    }

    @Test func events() throws {
        var event = WireEvent()
        event.epoch = 1
        event.sequence = 2
        event.type = "CHANNEL_CREATE"
        event.guildID = 3
        event.channel.name = "c"
        event.channel.deleted = true
        try expect(
            event,
            "090100000000000000" + "1002" + "1a0e4348414e4e454c5f435245415445" + "210300000000000000" + "42050a01632001"
        )
        var heartbeat = WireEventHeartbeat()
        heartbeat.epoch = 1
        heartbeat.lastSequence = 300
        try expect(heartbeat, "090100000000000000" + "10ac02")
        var request = WireEventReplayRequest()
        request.epoch = 1
        request.fromSequence = 2
        request.toSequence = 3
        try expect(request, "090100000000000000" + "1002" + "1803")
    }

    @Test func whatIsNoMessageIsRefused() {
        let error = #expect(throws: WireError.self) { try WireCommand(wireBytes: [0x0A, 0xFF]) }
        #expect(error?.code == .invalidArgument)
    }

    private func expect<Message: SwiftProtobuf.Message & Equatable>(_ message: Message, _ golden: String) throws {
        #expect(hex(message.wireBytes) == golden)
        #expect(try Message(wireBytes: message.wireBytes) == message)
    }
}
