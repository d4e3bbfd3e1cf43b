import Archive
import Contracts

/// What one dispatch means for us.
struct Translation {
    var mutations: [ArchiveMutation] = []
    /// Nil: nobody is told.
    var event: WireEvent?
    /// Of READY: the guilds whose snapshots follow.
    var sessionGuilds: Set<Snowflake>?
}
