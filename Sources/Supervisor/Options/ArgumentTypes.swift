public import ArgumentParser
public import Contracts
public import SharedState

// Public, because both the types and the protocol are.

extension ProcessRole: ExpressibleByArgument {}

extension AccessLevel: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(name: argument)
    }

    public static var allValueStrings: [String] { allCases.map(\.name) }
}

extension Snowflake: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}

extension RateLimit: ExpressibleByArgument {
    public init?(argument: String) {
        self.init(argument)
    }
}
