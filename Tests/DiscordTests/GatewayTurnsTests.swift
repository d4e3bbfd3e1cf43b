import Contracts
import Testing

@testable import Discord

@Suite struct GatewayTurnsTests {
    @Test func turnsFollowEachOther() {
        var book = TurnBook()
        let turn = GatewayTurn(name: "a", spacing: .seconds(5))
        #expect(book.take(turn, at: .zero) == .taken(after: .zero))
        #expect(book.take(turn, at: .seconds(1)) == .taken(after: .seconds(4)))
        #expect(book.take(turn, at: .seconds(1)) == .taken(after: .seconds(9)))
        #expect(
            book.take(GatewayTurn(name: "b", spacing: .seconds(5)), at: .seconds(1)) == .taken(after: .zero))
        #expect(book.take(turn, at: .seconds(60)) == .taken(after: .zero))
    }

    /// A process that dies again and again between IDENTIFY and its stored session.
    @Test func attemptsThatDoNotSucceedAreSpread() {
        var book = TurnBook()
        let turn = GatewayTurn.identify(shard: 0, of: 1, maxConcurrency: 1)
        var taken = 0
        for second in 0..<86_400 {
            // Dying while it waits does not make it wait longer.
            if case .taken = book.take(turn, at: .seconds(second)) { taken += 1 }
        }
        #expect((90...110).contains(taken), "of the day's 1000")
        book.succeeded(GatewayTurn.series(shard: 0, of: 1))
        guard case .taken(let wait) = book.take(turn, at: .seconds(86_400)) else { Issue.record("spread"); return }
        #expect(wait < .seconds(6))
    }

    @Test func bucketsAreDiscords() {
        let names = (0..<4).map { GatewayTurn.identify(shard: $0, of: 4, maxConcurrency: 2).name }
        #expect(names == ["identify:0", "identify:1", "identify:0", "identify:1"])
    }

    @Test func shardsGoToIdentifyInOrder() async {
        let queue = LaunchQueue()
        #expect(await queue.enter(bucket: 0, shard: 9))
        #expect(await queue.enter(bucket: 1, shard: 1))
        let order = await withTaskGroup(of: Int?.self) { group in
            for shard in [4, 2, 8] {
                group.addTask { await queue.enter(bucket: 0, shard: shard) ? shard : nil as Int? }
            }
            while queue.waiting(bucket: 0) < 3 { await Task.yield() }
            queue.leave(bucket: 0)
            var order: [Int?] = []
            for await shard in group {
                order.append(shard)
                queue.leave(bucket: 0)
            }
            return order
        }
        #expect(order == [2, 4, 8])
    }

    @Test func aCancelledWaiterLeavesTheQueue() async {
        let queue = LaunchQueue()
        #expect(await queue.enter(bucket: 0, shard: 0))
        let entered = await withTaskGroup(of: Bool.self) { group in
            group.addTask { await queue.enter(bucket: 0, shard: 1) }
            while queue.waiting(bucket: 0) < 1 { await Task.yield() }
            group.cancelAll()
            return await group.next()
        }
        #expect(entered == false)
        queue.leave(bucket: 0)
        #expect(await queue.enter(bucket: 0, shard: 2))
    }
}

@Suite struct ShardPlanTests {
    @Test(arguments: [
        ("auto", ShardPlan.auto), ("AUTO", .auto), ("1", .all(1)), ("16", .all(16)), ("0-3/16", .range(0...3, of: 16)),
        ("5/8", .range(5...5, of: 8)), ("0-0/1", .range(0...0, of: 1)),
    ])
    func plans(text: String, plan: ShardPlan) {
        #expect(ShardPlan(text) == plan)
    }

    @Test(arguments: ["", "0", "-1", "a", "0-16/16", "3-2/16", "0-3", "1-2-3/4", "/4", "4/", "-/4", "1/2/3", "99999"])
    func noPlans(text: String) {
        #expect(ShardPlan(text) == nil)
    }

    @Test func positions() {
        let two = ShardPlan.auto.positions(recommended: 2)
        #expect(two.map(\.description) == ["0/2", "1/2"])
        #expect(ShardPlan.range(2...3, of: 9).positions(recommended: 1).map(\.id) == [2, 3])
        // Every guild has one shard.
        let shards = ShardPlan.all(5).positions(recommended: 1)
        for guild in [1 << 22, 5 << 22, 987_654_321_987_654_321] as [UInt64] {
            #expect(shards.count { $0.holds(Snowflake(guild)) } == 1)
        }
    }

    @Test func storedShardsOfOtherDivisionsAreOthers() {
        #expect(ShardPosition(id: 0, count: 1).storageKey == 0)
        let all = (1...40).flatMap { count in (0..<count).map { ShardPosition(id: $0, count: count) } }
        #expect(Set(all.map(\.storageKey)).count == all.count)
        for shard in all { #expect(ShardPosition(storageKey: shard.storageKey) == shard) }
    }
}

@Suite struct GatewayIntentsTests {
    @Test func names() throws {
        #expect(try GatewayIntents(names: ["guilds", "MESSAGE_CONTENT"]) == [.guilds, .messageContent])
        #expect(throws: GatewayIntents.UnknownName(name: "GUILD")) { try GatewayIntents(names: ["GUILD"]) }
        let all = try GatewayIntents(names: GatewayIntents.allNames)
        // Bits 0 to 16, 20, 21, 24 and 25.
        #expect(all.rawValue == 0x331_FFFF)
        #expect(all.names == GatewayIntents.allNames)
    }

    @Test func whatIsMissing() {
        let intents: GatewayIntents = [.guilds, .guildMembers, .guildPresences, .messageContent]
        #expect(
            intents.privilegedNames(missingIn: [.gatewayMessageContent, .gatewayGuildMembersLimited])
                == ["Presence Intent"])
        #expect(intents.privilegedNames(missingIn: []).count == 3)
    }
}
