import Contracts
import TestSupport
import Testing

@testable import Bus

@Suite("Record ring and intake, through a channel that loses and a writer that dies")
struct RecordDeliveryTests {
    private struct World {
        var random: SeededGenerator
        var ring = RecordRing(epoch: 1, limits: .init(records: 40, bytes: 400))
        var intake = RecordIntake(known: [:])
        var toWriter: [RecordRing.Batch] = []
        var toProducer: [RecordIntake.Acknowledgement] = []
        var queued: [(stream: RecordStream, sequence: UInt64, body: [UInt8])] = []
        var log: [[UInt8]] = []
        var known: [RecordStream: RecordPosition] = [:]
        var appended: [[UInt8]] = []
        var acknowledged = 0
    }

    @Test("The log holds each record once and in order, and acknowledged means in the log", arguments: UInt64(1)...30)
    func properties(seed: UInt64) {
        var world = World(random: SeededGenerator(seed: seed))
        for step in 0..<2000 {
            switch Int.random(in: 0..<20, using: &world.random) {
            case 0..<6: append(step, &world)
            case 6..<10: send(&world)
            case 10..<13: receive(&world)
            case 13..<15: write(&world)
            case 15..<18: acknowledge(&world, seed)
            case 18 where Int.random(in: 0..<4, using: &world.random) == 0: restartWriter(&world)
            case 19 where Int.random(in: 0..<4, using: &world.random) == 0: refuse(&world)
            default: continue
            }
        }
        while world.log.count < world.appended.count || world.acknowledged < world.appended.count {
            let before = (world.log.count, world.acknowledged)
            world.ring.rewind()
            send(&world)
            while !world.toWriter.isEmpty { receive(&world) }
            write(&world)
            while !world.toProducer.isEmpty { acknowledge(&world, seed) }
            guard before != (world.log.count, world.acknowledged) else { break }
        }
        #expect(world.log == world.appended, "seed \(seed)")
        #expect(world.acknowledged == world.appended.count, "seed \(seed)")
        #expect(world.ring.count == 0)
    }

    private func append(_ step: Int, _ world: inout World) {
        let body = [UInt8(truncatingIfNeeded: step), UInt8(truncatingIfNeeded: step >> 8), 0, 0, 0]
        let isFull = world.ring.count == 40
        guard world.ring.append(body) != nil else {
            #expect(isFull)
            return
        }
        world.appended.append(body)
    }

    private func send(_ world: inout World) {
        guard let batch = world.ring.nextBatch(records: 7, bytes: 30) else { return }
        world.ring.markSent(batch)
        world.toWriter.append(batch)
    }

    private func receive(_ world: inout World) {
        guard !world.toWriter.isEmpty else { return }
        let batch = world.toWriter.removeFirst()
        let stream = RecordStream(producer: "p", epoch: batch.epoch)
        switch world.intake.offer(stream, first: batch.firstSequence, count: batch.bodies.count) {
        case .accepted(let offset):
            for (index, body) in batch.bodies.enumerated().dropFirst(offset) {
                world.queued.append((stream, batch.firstSequence + UInt64(index), body))
            }
        case .waiting: break
        case .answer(let acknowledgement): world.toProducer.append(acknowledgement)
        }
    }

    private func write(_ world: inout World) {
        let written = world.queued.map { record in
            world.log.append(record.body)
            let place = UInt64(world.log.count)
            world.known[record.stream] = RecordPosition(sequence: record.sequence, logSequence: place)
            return RecordIntake.Written(stream: record.stream, sequence: record.sequence, logSequence: place)
        }
        world.queued = []
        world.toProducer += world.intake.written(written)
    }

    private func acknowledge(_ world: inout World, _ seed: UInt64) {
        guard !world.toProducer.isEmpty else { return }
        let acknowledgement = world.toProducer.removeFirst()
        let before = world.ring.count
        let result = world.ring.acknowledge(
            upTo: acknowledgement.upTo.sequence, epoch: acknowledgement.stream.epoch,
            resend: acknowledgement.resend, freshEpoch: 0)
        guard result == .advanced else {
            #expect(result == .ignored, "seed \(seed): nothing was lost from this log")
            return
        }
        world.acknowledged += before - world.ring.count
        #expect(world.acknowledged <= world.log.count, "seed \(seed): acknowledged and not in the log")
    }

    /// What was on the wire and in the writer's memory is lost; the log is not.
    private func restartWriter(_ world: inout World) {
        world.toWriter = []
        world.toProducer = []
        world.queued = []
        world.intake = RecordIntake(known: world.known)
        world.ring.rewind()
    }

    private func refuse(_ world: inout World) {
        let streams = Set(world.queued.map(\.stream))
        world.queued = []
        world.toProducer += world.intake.refused(streams)
    }

    @Test("Neighbours in the log share one acknowledgement, others do not")
    func runs() {
        let (a, b) = (RecordStream(producer: "a", epoch: 1), RecordStream(producer: "b", epoch: 1))
        var intake = RecordIntake(known: [:])
        _ = intake.offer(a, first: 1, count: 4)
        _ = intake.offer(b, first: 1, count: 1)
        let acknowledgements = intake.written(
            [(a, 1), (a, 2), (b, 1), (a, 3), (a, 4)].enumerated().map { index, record in
                RecordIntake.Written(stream: record.0, sequence: record.1, logSequence: UInt64(index) + 1)
            })
        #expect(acknowledgements.map(\.stream) == [a, b, a])
        #expect(acknowledgements.map(\.firstSequence) == [1, 1, 3])
        #expect(acknowledgements.map(\.upTo.sequence) == [2, 1, 4])
        #expect(acknowledgements.map(\.upTo.logSequence) == [2, 3, 5])
    }

    @Test("Waiters are served up to a sequence, expire by their deadline, and leave by their token")
    func waiters() {
        var waiters = RecordWaiters<String>()
        for (token, deadline) in [(UInt64(1), Int64(30)), (2, 10), (3, 20), (4, 40)] {
            waiters.add(.init(token: token, sequence: token, deadline: deadline, waiter: "w\(token)"))
        }
        #expect(waiters.due == 10)
        #expect(waiters.takeExpired(now: 9) == [])
        #expect(waiters.takeExpired(now: 10) == ["w2"])
        #expect(waiters.take(upTo: 1).map(\.waiter) == ["w1"])
        #expect(waiters.remove(token: 3) == "w3")
        #expect(waiters.remove(token: 3) == nil)
        #expect(waiters.takeAll() == ["w4"])
        #expect(waiters.due == nil)
    }
}
