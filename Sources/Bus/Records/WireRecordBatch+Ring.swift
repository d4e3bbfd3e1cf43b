internal import Contracts
internal import FoundationEssentials

extension WireRecordBatch {
    init(_ batch: RecordRing.Batch, producer: String) {
        self.init()
        self.producer = producer
        epoch = batch.epoch
        firstSequence = batch.firstSequence
        bodies = batch.bodies.map { Data($0) }
    }

    var records: [IncomingRecord] {
        bodies.enumerated().map { offset, body in
            IncomingRecord(
                stream: RecordStream(producer: producer, epoch: epoch), sequence: firstSequence + UInt64(offset),
                body: [UInt8](body))
        }
    }
}
