import Contracts
import NIOCore

// One connection.
extension GatewayClient {
    func serve(_ url: String) async {
        if machine.isIdentifying {
            let bucket = configuration.shard.id % machine.maxConcurrency
            guard await around.launches.enter(bucket: bucket, shard: configuration.shard.id) else { return }
            launchBucket = bucket
        }
        defer { leaveLaunchQueue() }
        let query = ["v=10", "encoding=json", configuration.compression.query].compactMap { $0 }
        guard let address = WebSocketAddress(url, query: query.joined(separator: "&")),
            let socket = try? await GatewaySocket.open(address, userAgent: around.userAgent)
        else {
            step(.connectFailed)
            return
        }
        self.socket = socket
        decoder = configuration.compression.makeDecoder()
        let (alarms, ticks) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        let (purposes, errands) = AsyncStream<GatewayStateMachine.Purpose>.makeStream()
        self.ticks = ticks
        self.errands = errands
        step(.connected)
        let code = await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in alarms { await self.tick() }
            }
            group.addTask { [around] in
                for await purpose in purposes {
                    await self.turnCame(purpose, await around.turns.take(purpose.turn))
                }
            }
            defer { group.cancelAll() }
            return await socket.receive { message in await self.receive(message) }
        }
        alarm?.task.cancel()
        alarm = nil
        self.ticks = nil
        self.errands = nil
        self.socket = nil
        step(.closed(code: code))
    }

    func leaveLaunchQueue() {
        guard let bucket = launchBucket else { return }
        launchBucket = nil
        around.launches.leave(bucket: bucket)
    }

    private func turnCame(_ purpose: GatewayStateMachine.Purpose, _ answer: GatewayTurnAnswer) {
        step(.turn(purpose, answer))
    }

    private func tick() {
        guard machine.isConnected else { return }
        step(.tick(isReading: !buffer.isHoldingProducer))
    }

    private func receive(_ message: GatewaySocket.Message) async {
        for dispatch in accept(message) { await buffer.push(dispatch) }
    }

    private func accept(_ message: GatewaySocket.Message) -> [GatewayDispatch] {
        messageBytes = message.bytes.readableBytes
        machine.metrics.wireBytes += messageBytes
        let input: GatewayStateMachine.Input
        do {
            // Text is never compressed, whatever was asked for.
            let decoder = message.isText ? PlainFrameDecoder() : decoder
            guard let read = try decoder.decode(message.bytes, Self.read) else { return [] }
            machine.metrics.payloadBytes += read.bytes
            input = read.input
        } catch {
            input = .broken("\(error)")
        }
        return step(input)
    }

    private static func read(
        _ payload: UnsafeRawBufferPointer
    ) -> (input: GatewayStateMachine.Input, bytes: Int) {
        let input = GatewayFrame(json: payload).map { GatewayStateMachine.Input.frame($0) }
        return (input ?? .malformed("not a payload"), payload.count)
    }

    /// Wakes `tick` at the machine's deadline, on the connection's event loop.
    func armAlarm() {
        guard let socket, let ticks, let deadline = machine.deadline, machine.isConnected else { return }
        if let alarm, alarm.deadline == deadline { return }
        alarm?.task.cancel()
        let wait = max(.zero, deadline - now)
        let task = socket.eventLoop.scheduleTask(in: TimeAmount(wait)) { _ = ticks.yield() }
        alarm = (deadline, task)
    }
}
