import Testing

@testable import DiscordSandbox

@Suite struct FaultPlanTests {
    private func fired(_ plan: inout FaultPlan, _ calls: Int) -> [Bool] {
        (0..<calls).map { _ in plan.fault(method: "POST", template: "/channels/{channel_id}/messages") != nil }
    }

    @Test func rulesFireAfterAndAsOftenAsTold() {
        var plan = FaultPlan()
        plan.add(.init(match: "POST /channels/{channel_id}/messages", fault: .cut, times: 2, after: 1, probability: 1))
        #expect(plan.fault(method: "GET", template: "/channels/{channel_id}/messages") == nil)
        #expect(fired(&plan, 5) == [false, true, true, false, false])
    }

    @Test func chanceRepeatsForASeed() {
        func run(_ seed: UInt64) -> [Bool] {
            var plan = FaultPlan()
            plan.reseed(seed)
            plan.add(.init(match: "* *", fault: .cut, times: 1000, after: 0, probability: 0.3))
            return fired(&plan, 200)
        }
        #expect(run(7) == run(7))
        #expect(run(7) != run(8))
        #expect((30...90).contains(run(7).count { $0 }))
    }
}
