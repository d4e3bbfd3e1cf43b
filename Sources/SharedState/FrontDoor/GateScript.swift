import Contracts

/// The one script of a request: record, secret, revocation, expiry and three limits, all or nothing.
///
/// The secret's digest is compared here and not in Swift, so that a wrong secret spends nothing of the key's limits.
/// Lua interns strings, so the comparison takes the same time wherever two digests differ; and a digest that leaked by
/// timing would still not give the secret. An unknown key and a wrong secret get the same answer.
///
/// A token ends with the secret that it was got with: it carries the count of rotations before it.
enum GateScript {
    static let script = RedisScript(
        """
        local f = redis.call('HMGET', KEYS[1], 'secret', 'old_secret', 'old_secret_until', 'revoked', 'disabled',
          'expires', 'rate', 'used', 'tenant', 'name', 'level', 'guilds', 'channels', 'toolsets', 'user',
          'generation')
        local clock = redis.call('TIME')
        local now = clock[1] * 1000000 + clock[2]
        local ms = math.floor(now / 1000)
        if not f[1] or not f[9] then return {-1} end
        local generation = tonumber(f[16] or '0')
        local overlaps = f[2] and f[3] and ms < tonumber(f[3])
        if ARGV[1] ~= '' then
          if f[1] ~= ARGV[1] then
            if not overlaps or f[2] ~= ARGV[1] then return {-1} end
            generation = generation - 1
          end
        else
          if f[9] ~= ARGV[2] then return {-1} end
          local own = tonumber(ARGV[9])
          if own ~= generation and not (overlaps and own == generation - 1) then return {-1} end
          generation = own
        end
        if f[4] then return {-2} end
        if f[5] == '1' then return {-3} end
        if f[6] and f[6] ~= '' and ms >= tonumber(f[6]) then return {-4} end
        local answer = {1, 0, 0, f[9], f[10], f[11], f[12], f[13], f[14], f[15], f[6], generation}
        if ARGV[3] == '0' then return answer end

        local quota, window = tonumber(ARGV[4]), tonumber(ARGV[5])
        if f[7] and f[7] ~= '' then
          local q, w = string.match(f[7], '^(%d+)/(%d+)$')
          quota, window = tonumber(q), tonumber(w)
        end
        local names = {KEYS[2], ARGV[8] .. f[9], KEYS[3]}
        local factors = {1, tonumber(ARGV[6]), tonumber(ARGV[7])}
        local arrivals, nexts = {}, {}
        local limits = {}
        for i = 1, 3 do
          local q = math.max(1, math.floor(quota * factors[i] + 0.5))
          -- Rounded down, so that the whole quota fits whatever the division leaves.
          local emission = math.max(1, math.floor(window * 1000000 / q))
          local tolerance = emission * q
          local arrival = tonumber(redis.call('GET', names[i]) or now)
          if arrival < now then arrival = now end
          -- Further ahead than any caller can get: the clock stepped back, or the limit was made smaller.
          if arrival > now + tolerance then arrival = now + tolerance end
          arrivals[i], nexts[i] = arrival, arrival + emission
          limits[i] = {q, emission, tolerance}
          local wait = nexts[i] - tolerance - now
          if wait > answer[3] then answer[1], answer[2], answer[3] = 0, i, wait end
        end
        for i = 1, 3 do
          local arrival = arrivals[i]
          if answer[1] == 1 then
            arrival = nexts[i]
            redis.call('SET', names[i], string.format('%.0f', arrival), 'PX', math.ceil((arrival - now) / 1000))
          end
          answer[#answer + 1] = limits[i][1]
          answer[#answer + 1] = window
          answer[#answer + 1] = math.floor((limits[i][3] - (arrival - now)) / limits[i][2])
          answer[#answer + 1] = arrival - now
        end
        if answer[1] == 1 and (not f[8] or ms - tonumber(f[8]) >= 60000) then
          redis.call('HSET', KEYS[1], 'used', string.format('%.0f', ms))
        end
        return answer
        """)

    /// - Parameter effect: the class whose limits are spent; nil: look only.
    static func call(
        _ credential: Credential, effect: ToolAccess.Effect?, policy: RateLimitPolicy
    ) -> (keys: [String], arguments: [String]) {
        let id = credential.keyID
        let name = effect?.rawValue ?? ""
        return (
            [KeyNames.record(id), KeyNames.keyLimit(id), KeyNames.classLimit(id, class: name)],
            [
                credential.secretDigest, credential.tenant, effect == nil ? "0" : "1", String(policy.key.quota),
                String(policy.key.window), String(policy.tenant), String(effect.flatMap { policy.classes[$0] } ?? 1),
                KeyNames.tenantLimitPrefix(id), String(credential.generation),
            ]
        )
    }
}
