/// Remembers which answers and confirmations were used, on all front doors.
public protocol SingleUse: Sendable {
    /// - Parameters:
    ///   - id: at most 64 visible ASCII characters.
    ///   - expiry: unix seconds; nothing need be remembered after that.
    /// - Returns: whether this was the first time.
    /// - Throws: 503 when nobody can tell now.
    func claim(_ id: String, until expiry: Int64) async throws(Problem) -> Bool
}

/// For one process.
public actor InMemorySingleUse: SingleUse {
    private var used: [String: Int64] = [:]
    private let now: @Sendable () -> Int64

    /// - Parameter unixTime: seconds.
    public init(unixTime: (@Sendable () -> Int64)? = nil) {
        now = unixTime ?? Sessions.systemTime
    }

    public func claim(_ id: String, until expiry: Int64) async throws(Problem) -> Bool {
        let now = now()
        if used.count > 1000 { used = used.filter { $0.value > now } }
        return used.updateValue(expiry, forKey: id) == nil
    }
}
