public import SystemPackage

/// What a verification of the whole log found.
public struct VerificationReport: Hashable, Sendable {
    public let records: UInt64
    public let checkpoints: Int
    /// Chain hash of the last good record, hex.
    public let chain: String
    /// The public key of the checkpoints, hex; empty without any.
    public let key: String
    /// Nil: the log is whole.
    public let problem: String?

    public var isIntact: Bool { problem == nil }
}

/// Recomputes every hash, the chain and every checkpoint.
public enum AuditVerifier {
    /// - Parameters:
    ///   - directory: the `audit` directory.
    ///   - expectedKey: the public key (hex) that must have signed the checkpoints; nil: the one of the first checkpoint.
    /// - Throws: `AuditLogError` when the log cannot be read at all.
    public static func verify(directory: FilePath, expectedKey: String? = nil) throws -> VerificationReport {
        let checkpoints: [Checkpoint]
        do {
            checkpoints = try CheckpointFile.all(in: directory)
        } catch let error as Errno {
            throw AuditLogError(.io, "the checkpoints in \(directory) cannot be read: \(error.description)")
        }
        let key = expectedKey ?? checkpoints.first?.key ?? ""
        var problem: String?
        var remaining = checkpoints[...]
        var last: UInt64 = 0
        var chain = Digest.zero
        func check(_ checkpoint: Checkpoint, at record: String) -> String? {
            if checkpoint.key != key {
                return "the checkpoint at record \(checkpoint.sequence) was signed by another key"
            }
            if !checkpoint.isSigned { return "the checkpoint at record \(checkpoint.sequence) has a wrong signature" }
            if checkpoint.chain != record {
                return
                    "record \(checkpoint.sequence): the chain differs from the signed checkpoint: the log was rewritten"
            }
            return nil
        }
        do {
            try AuditLogReader(directory: directory).forEachRecord { record in
                last = record.sequence
                chain = record.chainHash
                while let checkpoint = remaining.first, checkpoint.sequence <= record.sequence {
                    remaining.removeFirst()
                    guard checkpoint.sequence == record.sequence else {
                        problem = "the checkpoint at record \(checkpoint.sequence) stands out of order"
                        return false
                    }
                    problem = check(checkpoint, at: record.chainHash.description)
                    if problem != nil { return false }
                }
                return true
            }
        } catch let damage as AuditLogReader.Damage {
            problem = damage.description
        } catch let error as Errno {
            throw AuditLogError(.io, "the audit log in \(directory) cannot be read: \(error.description)")
        }
        if problem == nil, let missing = remaining.first {
            problem =
                "record \(last + 1): the log ends here, but a checkpoint covers \(missing.sequence) records: the end was cut off"
        }
        return VerificationReport(
            records: last, checkpoints: checkpoints.count - remaining.count, chain: chain.description, key: key,
            problem: problem)
    }
}
