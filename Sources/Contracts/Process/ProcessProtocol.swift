/// What a parent tells a child process through its environment: systemd's words where it has one, so that the same
/// programs run under systemd unchanged.
/// Source: <https://www.freedesktop.org/software/systemd/man/latest/sd_notify.html>
public enum ProcessProtocol {
    /// Path of the datagram socket for `READY=1`, `WATCHDOG=1`, `STOPPING=1`, `STATUS=…`; `@` begins an abstract name.
    public static let notifySocket = "NOTIFY_SOCKET"
    /// Microseconds; a longer silence between two `WATCHDOG=1` means that the process hangs.
    public static let watchdogMicroseconds = "WATCHDOG_USEC"
    /// How many listening sockets the process inherits; the first is descriptor 3.
    public static let listenCount = "LISTEN_FDS"
    /// Their names, divided by colons.
    public static let listenNames = "LISTEN_FDNAMES"
    /// The read end of a pipe that the parent holds open: its end means that the parent is dead.
    public static let lifeline = "DISCORD_MCP_LIFELINE_FD"
    public static let firstInheritedDescriptor: Int32 = 3
    /// The name of the HTTP listener in ``listenNames``.
    public static let httpListener = "http"
}
