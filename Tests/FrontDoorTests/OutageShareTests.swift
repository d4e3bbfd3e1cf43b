import Contracts
import ProcessKit
import Testing

@testable import FrontDoor

@Suite struct OutageShareTests {
    /// As the supervisor hands the count down.
    @Test(arguments: [(nil, 1), ("1", 1), ("4", 0.25)] as [(String?, Double)])
    func theFrontDoorsHaveTheLimitTogether(count: String?, share: Double) throws {
        let stack = try Settings(environment: count.map { ["DISCORD_MCP_FRONT_DOORS": $0] } ?? [:])
        #expect(outageShare(try Settings(environment: stack.environment(for: .frontDoor))) == share)
    }
}
