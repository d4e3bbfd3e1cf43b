import Contracts

/// The members of a guild, by id and in the order of their ids: lists are paged by id, and a guild may be large.
struct MemberList: Equatable, Sendable {
    private var byID: [Snowflake: Member] = [:]
    private(set) var ids: [Snowflake] = []

    var count: Int { ids.count }
    var values: some Sequence<Member> { byID.values }
    var inOrder: some Sequence<Member> { ids.lazy.compactMap { byID[$0] } }

    subscript(id: Snowflake) -> Member? {
        get { byID[id] }
        set {
            let wasThere = byID[id] != nil
            byID[id] = newValue
            if newValue != nil, !wasThere {
                ids.insert(id, at: lowerBound(id))
            } else if newValue == nil, wasThere {
                ids.remove(at: lowerBound(id))
            }
        }
    }

    /// At most `limit` members with greater ids, in order.
    func after(_ id: Snowflake, limit: Int) -> [Member] {
        ids[lowerBound(Snowflake(id.rawValue + 1))...].prefix(limit).compactMap { byID[$0] }
    }

    /// Many at once: the order is made only once.
    mutating func add(_ members: [Member]) {
        for member in members { byID[member.userID] = member }
        ids = byID.keys.sorted()
    }

    mutating func remove(_ id: Snowflake) -> Member? {
        let member = byID[id]
        self[id] = nil
        return member
    }

    mutating func takeRole(_ role: Snowflake) {
        for id in ids where byID[id]?.roles.contains(role) == true { byID[id]?.roles.removeAll { $0 == role } }
    }

    private func lowerBound(_ id: Snowflake) -> Int {
        var (low, high) = (0, ids.count)
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < id { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
