/// A part of a list, and where the next begins.
struct ListPage<Element: Sendable>: Sendable {
    let elements: ArraySlice<Element>
    let nextCursor: String?
}

/// Lists come in pages; a cursor says after which element the next one begins. It is sealed, for this list and this
/// caller.
extension MCPServer {
    func page<Element: Sendable>(
        of list: [Element],
        named name: (Element) -> String,
        in listName: String,
        _ request: RPCRequest,
        _ exchange: Exchange
    ) throws(RequestFailure) -> ListPage<Element> {
        let binding = Array("\(listName)\n\(exchange.caller.id)".utf8)
        let start = try start(of: list, named: name, binding, request)
        guard list.count - start > configuration.pageSize else {
            return ListPage(elements: list[start...], nextCursor: nil)
        }
        let end = start + configuration.pageSize
        var writer = JSONWriter(capacity: 96)
        writer.array { writer in
            writer.integer(end)
            writer.string(name(list[end - 1]))
        }
        return ListPage(
            elements: list[start..<end],
            nextCursor: state.ring.seal(writer.bytes, for: .cursor, binding: binding))
    }

    private func start<Element>(
        of list: [Element],
        named name: (Element) -> String,
        _ binding: [UInt8],
        _ request: RPCRequest
    ) throws(RequestFailure) -> Int {
        guard let cursor = request.params["cursor"] else { return 0 }
        guard let text = cursor.string, let content = state.ring.open(text, for: .cursor, binding: binding),
            let position = try? JSONReader.read(content).array, position.count == 2,
            let index = position[0].integer, let last = position[1].string
        else { throw .rpc(.invalidParams("params.cursor is not a cursor of this list")) }
        // The list may be another by now: go on after the same element, or where it was.
        if let found = list.firstIndex(where: { name($0) == last }) { return found + 1 }
        return min(Int(index), list.count)
    }
}
