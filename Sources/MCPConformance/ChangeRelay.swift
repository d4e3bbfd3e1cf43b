import MCP
import NIOConcurrencyHelpers

/// Lets tools announce changes on the server that runs them.
final class ChangeRelay: Sendable {
    private let box = NIOLockedValueBox<MCPServer?>(nil)

    var server: MCPServer? {
        get { box.withLockedValue { $0 } }
        set { box.withLockedValue { $0 = newValue } }
    }

    func publish(_ change: Change) {
        server?.publish(change)
    }
}
