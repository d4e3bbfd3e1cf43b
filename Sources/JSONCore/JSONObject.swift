/// An object: members in the order they were written, no name twice.
public struct JSONObject: Sendable {
    public struct Member: Sendable {
        public let name: String
        public let value: JSONValue
        /// Where the value stands in the text it was read from; nil when it was not read.
        public let source: Range<Int>?
    }

    public private(set) var members: [Member]

    public init() {
        members = []
    }

    /// - Parameter unique: members of which the reader knows that no name occurs twice.
    init(unique: [Member]) {
        members = unique
    }

    public var isEmpty: Bool {
        members.isEmpty
    }

    /// Reading costs a walk through the members; setting replaces in place, appends, or with nil removes.
    public subscript(name: String) -> JSONValue? {
        get {
            member(name)?.value
        }
        set {
            let index = members.firstIndex { $0.name == name }
            switch (index, newValue) {
            case (let index?, let value?): members[index] = Member(name: name, value: value, source: nil)
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value, source: nil))
            case (nil, nil): break
            }
        }
    }

    /// - Parameter name: one that the object does not have: nobody looks.
    public mutating func append(_ name: String, _ value: JSONValue) {
        members.append(Member(name: name, value: value, source: nil))
    }

    public func member(_ name: String) -> Member? {
        members.first { $0.name == name }
    }
}

extension JSONObject: Hashable {
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        guard left.members.count == right.members.count else { return false }
        if zip(left.members, right.members).allSatisfy({ $0.name == $1.name }) {
            return zip(left.members, right.members).allSatisfy { $0.value == $1.value }
        }
        let named = Dictionary(uniqueKeysWithValues: right.members.map { ($0.name, $0.value) })
        return left.members.allSatisfy { named[$0.name] == $0.value }
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(members.count)
        hasher.combine(members.reduce(0) { $0 ^ $1.name.hashValue })
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init()
        for (name, value) in elements {
            self[name] = value
        }
    }
}
