import Contracts

/// The messages of one channel in the order of their ids: those that were made by themselves before the start, which are
/// computed when someone asks, and those that are kept.
struct History: Sendable {
    /// What never was a value: computed again each time.
    let archive: MessageArchive?
    /// Messages of the archive that were changed (or deleted: nil).
    private var changed: [Snowflake: Message?] = [:]
    private var recent: [Message] = []
    private var gone = 0

    init(archive: MessageArchive? = nil) { self.archive = archive }

    var count: Int { recent.count + (archive?.count ?? 0) - gone }
    var last: Message? { recent.last ?? before(Snowflake(.max), limit: 1).first }

    subscript(id: Snowflake) -> Message? {
        get {
            if let index = index(of: id) { return recent[index] }
            guard let archive, let index = archive.index(of: id) else { return nil }
            return changed[id] ?? archive.message(at: index)
        }
        set {
            if let archive, archive.index(of: id) != nil {
                let was = self[id] != nil
                changed[id] = .some(newValue)
                gone += (was ? 1 : 0) - (newValue != nil ? 1 : 0)
            } else if let index = index(of: id) {
                if let newValue { recent[index] = newValue } else { recent.remove(at: index) }
            } else if let newValue {
                recent.insert(newValue, at: lowerBound(id))
            }
        }
    }

    /// At most `limit` messages right before that id, newest first.
    func before(_ id: Snowflake, limit: Int) -> [Message] {
        var result: [Message] = recent[..<lowerBound(id)].suffix(limit).reversed()
        guard let archive else { return result }
        var index = archive.lowerBound(id)
        while result.count < limit, index > 0 {
            index -= 1
            if let message = archived(index) { result.append(message) }
        }
        return result
    }

    /// At most `limit` messages right after that id, newest first.
    func after(_ id: Snowflake, limit: Int) -> [Message] {
        let next = Snowflake(id.rawValue == .max ? .max : id.rawValue + 1)
        var result: [Message] = []
        if let archive {
            var index = archive.lowerBound(next)
            while result.count < limit, index < archive.count {
                if let message = archived(index) { result.append(message) }
                index += 1
            }
        }
        result += recent[lowerBound(next)...].prefix(limit - result.count)
        return result.reversed()
    }

    /// Everything since that id, oldest first.
    func since(_ id: Snowflake) -> [Message] {
        var result: [Message] = []
        if let archive { result = (archive.lowerBound(id)..<archive.count).compactMap { archived($0) } }
        return result + recent[lowerBound(id)...]
    }

    /// Those of the archive that pass the cheap test or were changed, and all others: a superset of what is looked for.
    func candidates(where mayMatch: (MessageArchive.Outline) -> Bool) -> [Message] {
        var result: [Message] = []
        if let archive {
            for index in 0..<archive.count {
                let outline = archive.outline(at: index)
                if let message = changed[outline.id] {
                    if let message { result.append(message) }
                } else if mayMatch(outline) {
                    result.append(archive.message(at: index))
                }
            }
        }
        return result + recent
    }

    /// Pins are never of the archive by itself.
    var pinned: [Message] { (changed.values.compactMap { $0 } + recent).filter { $0.pinnedAt != nil } }

    private func archived(_ index: Int) -> Message? {
        guard let archive else { return nil }
        guard !changed.isEmpty else { return archive.message(at: index) }
        return changed[archive.outline(at: index).id] ?? archive.message(at: index)
    }

    private func index(of id: Snowflake) -> Int? {
        let index = lowerBound(id)
        return index < recent.count && recent[index].id == id ? index : nil
    }

    private func lowerBound(_ id: Snowflake) -> Int {
        var (low, high) = (0, recent.count)
        while low < high {
            let middle = (low + high) / 2
            if recent[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
