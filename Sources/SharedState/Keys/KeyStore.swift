public import Contracts

/// The API keys in Redis: what `discord-mcp key` changes and what the executor looks up.
///
/// Nothing is cached: a revocation counts from the moment Redis has it.
public struct KeyStore: Sendable {
    private let redis: RedisClient
    private let now: @Sendable () -> Int64

    /// - Parameter now: Unix milliseconds.
    public init(redis: RedisClient, now: @escaping @Sendable () -> Int64 = { WallClock.unixMilliseconds }) {
        self.redis = redis
        self.now = now
    }

    /// Makes a key. The result's text is shown to the operator and exists nowhere else.
    public func create(
        _ request: KeyRequest,
        using random: inout some RandomNumberGenerator
    ) async throws(KeyStoreError) -> IssuedKey {
        try request.validate()
        let key = APIKey(environment: request.environment, tenant: request.tenant, using: &random)
        let fields = request.fields(createdAt: now()) + [(.secret, key.secretDigest)]
        // The index first: an id without a record is skipped, a record without an id would never be listed.
        _ = try await run("SADD", KeyNames.index, key.id)
        _ = try await run(["HSET", KeyNames.record(key.id)] + fields.flatMap { [$0.0.rawValue, $0.1] })
        return try await issued(key)
    }

    /// All keys, oldest first, revoked ones too; and the ids of those whose record cannot be understood.
    public func list() async throws(KeyStoreError) -> (keys: [KeyRecord], unreadable: [String]) {
        let ids = try await run("SMEMBERS", KeyNames.index).array ?? []
        var records: [KeyRecord] = []
        var unreadable: [String] = []
        for id in ids.compactMap(\.string) {
            do throws(KeyStoreError) {
                if let record = try await show(id) { records.append(record) }
            } catch {
                guard case .unreadable = error else { throw error }
                unreadable.append(id)
            }
        }
        return (records.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) }, unreadable.sorted())
    }

    /// Whether there is no key at all, be its record readable or not.
    public func isEmpty() async throws(KeyStoreError) -> Bool {
        try await run("SCARD", KeyNames.index).integer == 0
    }

    /// nil: no such key.
    /// - Throws: ``KeyStoreError/unreadable(_:)``, among others.
    public func show(_ id: String) async throws(KeyStoreError) -> KeyRecord? {
        guard APIKey.isID(id) else { return nil }
        let hash = try await run("HGETALL", KeyNames.record(id))
        if let record = KeyRecord(id: id, hash: hash) { return record }
        guard hash.array?.isEmpty == true else { throw .unreadable(id) }
        return nil
    }

    /// Gives the key a new secret. The one before goes on working for `overlap` (zero: ends now); older ones end now.
    /// A token ends with the secret it was got with.
    public func rotate(
        _ id: String,
        overlap: Duration = .seconds(3600),
        using random: inout some RandomNumberGenerator
    ) async throws(KeyStoreError) -> IssuedKey {
        guard let record = try await show(id) else { throw .unknownKey }
        guard record.revokedAt == nil else { throw .revoked }
        let key = APIKey(environment: record.environment, id: id, using: &random)
        let until = now() + overlap.components.seconds * 1000
        let arguments = [key.secretDigest, String(until), overlap > .zero ? "1" : "0"]
        guard try await run(Self.rotation, id, arguments).integer == 1 else { throw .revoked }
        return try await issued(key)
    }

    /// Ends the key and its tokens for ever; the next call already fails. Revoking twice is not an error.
    public func revoke(_ id: String) async throws(KeyStoreError) {
        try await change(id, Self.revocation, [String(now())])
    }

    /// Switches the key off, or on again.
    public func setDisabled(_ disabled: Bool, _ id: String) async throws(KeyStoreError) {
        try await change(id, Self.disabling, [disabled ? "1" : "0"])
    }

    /// What the key may do right now; nil when it is unknown, revoked, disabled or expired. The executor's own look-up,
    /// which does not trust what the front door says.
    public func grant(forKeyID id: String) async throws(RedisError) -> AccessGrant? {
        guard APIKey.isID(id) else { return nil }
        let hash = try await redis.send(RedisCommand("HGETALL", KeyNames.record(id)))
        guard let record = KeyRecord(id: id, hash: hash), record.isUsable(nowUnixMilliseconds: now()) else {
            return nil
        }
        return record.grant
    }

    private func issued(_ key: APIKey) async throws(KeyStoreError) -> IssuedKey {
        guard let record = try await show(key.id) else { throw .unknownKey }
        return IssuedKey(key: key, record: record)
    }

    private func change(_ id: String, _ script: RedisScript, _ arguments: [String]) async throws(KeyStoreError) {
        guard APIKey.isID(id), try await run(script, id, arguments).integer == 1 else { throw .unknownKey }
    }

    private func run(_ arguments: String...) async throws(KeyStoreError) -> RedisValue {
        try await run(arguments)
    }

    private func run(_ arguments: [String]) async throws(KeyStoreError) -> RedisValue {
        do { return try await redis.send(RedisCommand(arguments)) } catch { throw .redis(error) }
    }

    private func run(
        _ script: RedisScript, _ id: String, _ arguments: [String]
    ) async throws(KeyStoreError) -> RedisValue {
        do {
            return try await redis.evaluate(script, keys: [KeyNames.record(id)], arguments: arguments)
        } catch { throw .redis(error) }
    }
}

extension KeyStore {
    // Each change is a script, so that it cannot bring a deleted record half back.

    private static let rotation = RedisScript(
        """
        local f = redis.call('HMGET', KEYS[1], 'secret', 'revoked')
        if not f[1] or f[2] then return 0 end
        if ARGV[3] == '1' then
          redis.call('HSET', KEYS[1], 'old_secret', f[1], 'old_secret_until', ARGV[2])
        else
          redis.call('HDEL', KEYS[1], 'old_secret', 'old_secret_until')
        end
        redis.call('HSET', KEYS[1], 'secret', ARGV[1])
        redis.call('HINCRBY', KEYS[1], 'generation', 1)
        return 1
        """)

    private static let revocation = RedisScript(
        """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        redis.call('HSETNX', KEYS[1], 'revoked', ARGV[1])
        return 1
        """)

    private static let disabling = RedisScript(
        """
        if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
        redis.call('HSET', KEYS[1], 'disabled', ARGV[1])
        return 1
        """)
}

extension KeyRequest {
    fileprivate func validate() throws(KeyStoreError) {
        if name.isEmpty || name.utf8.count > 100 { throw .invalid("A key's name has 1 to 100 bytes.") }
        let plain = (UInt8(ascii: "a")...UInt8(ascii: "z"))
        guard (1...12).contains(environment.utf8.count), environment.utf8.allSatisfy(plain.contains) else {
            throw .invalid("A key's environment has 1 to 12 small letters.")
        }
        let visible = UInt8(ascii: "!")...UInt8(ascii: "~")
        guard (1...64).contains(tenant.utf8.count), tenant.utf8.allSatisfy(visible.contains) else {
            throw .invalid("A tenant's name has 1 to 64 visible ASCII characters.")
        }
        if note.utf8.count > 1000 { throw .invalid("A key's note has at most 1,000 bytes.") }
        if case .only(let ids) = guilds, ids.isEmpty { throw .invalid("A key limited to guilds needs at least one.") }
        if case .only(let ids) = channels, ids.isEmpty {
            throw .invalid("A key limited to channels needs at least one.")
        }
    }
}
