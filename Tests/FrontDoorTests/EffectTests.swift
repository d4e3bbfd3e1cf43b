import Contracts
import MCP
import Testing

@testable import FrontDoor

@Suite struct EffectTests {
    /// A nil method is a body that is no request, or a notification.
    @Test(arguments: [nil, "initialize", "server/discover", "ping", "tools/list", "no/such"] as [String?])
    func everyMessageIsCounted(_ method: String?) {
        let request = AdmissionRequest(bearer: "b", method: method, requestID: "r")
        #expect(GateAuthenticator.effect(of: request) == .read)
    }

    @Test func toolsAreCountedInTheirClass() {
        for tool in ToolAccess.all {
            let request = AdmissionRequest(bearer: "b", method: "tools/call", tool: tool.name, requestID: "r")
            #expect(GateAuthenticator.effect(of: request) == tool.effect)
        }
        let unknown = AdmissionRequest(bearer: "b", method: "tools/call", tool: "none", requestID: "r")
        #expect(GateAuthenticator.effect(of: unknown) == .read)
    }

    @Test func whatEndsOrRechecksIsNotCounted() {
        let request = AdmissionRequest(bearer: "b", requestID: "r", isCounted: false)
        #expect(GateAuthenticator.effect(of: request) == nil)
    }
}
