/// Confirmations for clients that cannot be asked: the caller gets a token and calls again with it.
struct Confirmations: Sendable {
    let services: CallServices

    func issue(for binding: CallBinding, excluding argument: String) -> String {
        var writer = JSONWriter(capacity: 96)
        writer.object { writer in
            writer.member("n", RandomName.next())
            writer.member("e", services.expiry)
        }
        return services.ring.seal(writer.bytes, for: .confirmation, binding: binding.bytes(excluding: argument))
    }

    /// - Returns: false for a token that is not of this call, too old, or used.
    func redeem(
        _ token: String,
        for binding: CallBinding,
        excluding argument: String
    ) async throws(RequestFailure) -> Bool {
        guard
            let content = services.ring.open(
                token, for: .confirmation, binding: binding.bytes(excluding: argument)),
            let value = try? JSONReader.read(content), let nonce = value["n"]?.string,
            let expiry = value["e"]?.integer, expiry > services.now()
        else { return false }
        do throws(Problem) {
            return try await services.singleUse.claim(nonce, until: expiry)
        } catch {
            throw .problem(error)
        }
    }
}
