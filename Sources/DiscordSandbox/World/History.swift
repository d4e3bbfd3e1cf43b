import Contracts

/// The messages of one channel in the order of their ids.
struct History: Equatable, Sendable {
    private(set) var messages: [Message] = []

    subscript(id: Snowflake) -> Message? {
        get { index(of: id).map { messages[$0] } }
        set {
            if let index = index(of: id) {
                if let newValue { messages[index] = newValue } else { messages.remove(at: index) }
            } else if let newValue {
                messages.insert(newValue, at: lowerBound(id))
            }
        }
    }

    /// At most `limit` messages right before that id, newest first.
    func before(_ id: Snowflake, limit: Int) -> [Message] {
        messages[..<lowerBound(id)].suffix(limit).reversed()
    }

    /// At most `limit` messages right after that id, newest first.
    func after(_ id: Snowflake, limit: Int) -> [Message] {
        messages[lowerBound(Snowflake(id.rawValue + 1))...].prefix(limit).reversed()
    }

    private func index(of id: Snowflake) -> Int? {
        let index = lowerBound(id)
        return index < messages.count && messages[index].id == id ? index : nil
    }

    private func lowerBound(_ id: Snowflake) -> Int {
        var low = 0
        var high = messages.count
        while low < high {
            let middle = (low + high) / 2
            if messages[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
