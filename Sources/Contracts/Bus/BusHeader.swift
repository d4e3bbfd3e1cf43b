/// Frame 0 of every message between processes: 64 bytes, integers little endian.
///
/// | offset | size | field |
/// |---|---|---|
/// | 0 | 4 | magic `DMB1` |
/// | 4 | 2 | contract version |
/// | 6 | 1 | kind |
/// | 7 | 1 | flags |
/// | 8 | 16 | message id, big endian |
/// | 24 | 8 | deadline, unix milliseconds; 0 is none |
/// | 32 | 16 | W3C trace id; zero is none |
/// | 48 | 8 | W3C span id |
/// | 56 | 8 | credit: messages that the sender of this message is ready to take; 0 is no change |
public struct BusHeader: Hashable, Sendable {
    public static let size = 64
    public static let magic: [UInt8] = [0x44, 0x4D, 0x42, 0x31]
    /// Raised when a field is removed or changes its meaning; both ends of a socket must agree.
    public static let currentVersion: UInt16 = 1

    public enum Kind: UInt8, Sendable, CaseIterable {
        case command = 1
        /// The command's intent is durable; its result follows.
        case accepted = 2
        /// The one answer to a command or query.
        case reply = 3
        /// Full: the body is a `WireError` with `retry_after_seconds`. Nothing was done.
        case busy = 4
        /// The deadline had passed. Nothing was done.
        case expired = 5
        case query = 6
        case cancel = 7
        case record = 8
        case acknowledgement = 9
        case event = 10
        case heartbeat = 11
        case replayRequest = 12
        case replay = 13
        case credit = 14
    }

    public struct Flags: OptionSet, Hashable, Sendable {
        public let rawValue: UInt8

        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// The sender has sent this id before.
        public static let resent = Flags(rawValue: 1)
        /// W3C trace flag: sampled.
        public static let sampled = Flags(rawValue: 2)
    }

    public var version: UInt16
    public var kind: Kind
    public var flags: Flags
    public var id: MessageID
    /// Unix milliseconds; 0 is none.
    public var deadline: Int64
    public var trace: TraceContext
    public var credit: UInt64

    public init(
        kind: Kind,
        id: MessageID,
        deadline: Int64 = 0,
        trace: TraceContext = .none,
        flags: Flags = [],
        credit: UInt64 = 0,
        version: UInt16 = BusHeader.currentVersion
    ) {
        self.version = version
        self.kind = kind
        self.flags = flags
        self.id = id
        self.deadline = deadline
        self.trace = trace
        self.credit = credit
    }
}

/// W3C trace context, carried from the caller's `traceparent` to the Discord call and the audit record.
public struct TraceContext: Hashable, Sendable {
    public static let none = TraceContext(traceHigh: 0, traceLow: 0, span: 0)

    public var traceHigh: UInt64
    public var traceLow: UInt64
    public var span: UInt64

    public init(traceHigh: UInt64, traceLow: UInt64, span: UInt64) {
        self.traceHigh = traceHigh
        self.traceLow = traceLow
        self.span = span
    }

    /// The 16 bytes of the trace id; empty when there is none.
    public var traceBytes: [UInt8] {
        self == .none ? [] : MessageID(high: traceHigh, low: traceLow).bytes
    }
}
