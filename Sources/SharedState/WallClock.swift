import FoundationEssentials

/// The time of day, where it is written down or compared with a record.
public enum WallClock {
    public static var unixMilliseconds: Int64 {
        Int64(Date.now.timeIntervalSince1970 * 1000)
    }
}
