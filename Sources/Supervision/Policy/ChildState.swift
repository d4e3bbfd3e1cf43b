/// Where a child is in its life. The raw value is the word in `status --json`.
public enum ChildState: String, Hashable, Sendable, Codable {
    /// Not wanted, or waiting for what it depends on.
    case stopped
    /// Spawned; has not yet said that it is ready.
    case starting
    case ready
    /// Told to end, by us.
    case draining
    /// Died; is started again after a delay.
    case backoff
    /// Died too often or for a reason that does not go away.
    case failed
}
