/// The rate ledger in Lua. All keys share the slot of one bot (`KEYS[1]` is their prefix).
///
/// What is known of a bucket (hash `bucket:<name>`):
/// - `limit`; `period`, the longest time to a reset that an answer told;
/// - `window` counts windows; `reset`, when this one ends: later than in truth, because it is measured when the answer
///   arrives; 0 in a window that a reservation opened, until an answer tells;
/// - `low`, the smallest `Remaining` that an answer of this window told;
/// - `stale`, requests that ended in this window and may have been counted in it, though no `low` shows them;
/// - `blocked`, until when a 429 forbids everything.
///
/// Requests on their way are leases in a sorted set by their expiry.
///
/// Free places = (`low`, or `limit` in a window without an answer) - leases - `stale`. Each answer was counted after
/// all answers with a higher `Remaining`, so whatever `low` does not include is a lease or stale: the number never
/// promises more than Discord has, in whatever order answers arrive.
///
/// A bucket without a record is unknown: one request in flight. Times are microseconds of Redis' clock, so that all
/// processes share one; the last argument replaces the clock in tests and is empty otherwise.
enum LedgerScripts {
    /// How long after Discord's window of 1 s the 51st request waits: requests arrive closer together than they were
    /// sent. Source: 50 requests per second,
    /// <https://discord.com/developers/docs/topics/rate-limits#global-rate-limit>
    static let globalWindow = 1_100_000
    static let globalLimit = 50

    private static let preamble = """
        local prefix = KEYS[1]
        local template, major = ARGV[1], ARGV[2]
        local now = tonumber(ARGV[#ARGV])
        if not now then
          local clock = redis.call('TIME')
          now = clock[1] * 1000000 + clock[2]
        end
        local function text(number) return string.format('%.0f', number) end

        """

    /// ARGV: template, major parameter, 1 when the global limit counts it, global limit, global window, lease
    /// duration, now. Gives {1, lease} or {0, microseconds to wait}.
    static let reserve = RedisScript(
        preamble + """
            local name = redis.call('GET', prefix .. 'route:' .. template .. ':' .. major)
              or redis.call('GET', prefix .. 'route:' .. template)
            name = name and (name .. ':' .. major) or ('?' .. template .. ':' .. major)
            local bucket, leases = prefix .. 'bucket:' .. name, prefix .. 'leases:' .. name
            local duration = tonumber(ARGV[6])
            local counted = ARGV[3] == '1'

            local f = redis.call('HMGET', bucket, 'limit', 'low', 'reset', 'window', 'stale', 'blocked')
            local stale = tonumber(f[5] or 0)
            local gone = redis.call('ZREMRANGEBYSCORE', leases, '-inf', text(now))
            if gone > 0 and f[1] then stale = redis.call('HINCRBY', bucket, 'stale', gone) end
            local flying = redis.call('ZCARD', leases)
            local wait = 0
            if f[6] and tonumber(f[6]) > now then wait = tonumber(f[6]) - now end

            local window = tonumber(f[4] or 0)
            local reset = tonumber(f[3] or 0)
            local opens = false
            if not f[1] then
              if flying >= 1 then wait = math.max(wait, 20000) end
            else
              local free
              if reset > now then
                free = tonumber(f[2]) - flying - stale
                if free < 1 then
                  -- With requests on their way an answer may free a place sooner than the reset does.
                  wait = math.max(wait, flying > 0 and math.min(reset - now, 20000) or reset - now)
                end
              else
                opens = reset > 0
                free = tonumber(f[1]) - flying - (opens and gone or stale)
                if free < 1 and flying >= 1 then wait = math.max(wait, 20000) end
              end
            end

            local log = prefix .. 'global'
            if counted then
              local blocked = tonumber(redis.call('GET', prefix .. 'global-blocked') or 0)
              if blocked > now then wait = math.max(wait, blocked - now) end
              local oldest = tonumber(redis.call('LINDEX', log, tonumber(ARGV[4]) - 1) or 0)
              local free_at = oldest + tonumber(ARGV[5])
              -- An entry from the future: the clock stepped back, and the wait ends after one window.
              if free_at > now then wait = math.max(wait, math.min(free_at - now, tonumber(ARGV[5]))) end
            end
            if wait > 0 then return {0, math.ceil(wait)} end

            if opens then
              window = window + 1
              redis.call('HSET', bucket, 'window', window, 'reset', 0, 'stale', gone)
            end
            if counted then
              redis.call('LPUSH', log, text(now))
              redis.call('LTRIM', log, 0, tonumber(ARGV[4]) - 1)
              redis.call('PEXPIRE', log, 10000)
            end
            local lease = redis.call('INCR', prefix .. 'lease')
            redis.call('ZADD', leases, text(now + duration), lease)
            redis.call('PEXPIRE', leases, math.ceil(duration / 1000) + 60000)
            redis.call('SET', prefix .. 'lease:' .. lease, window .. ':' .. name, 'PX', math.ceil(duration / 1000))
            return {1, lease}
            """)

    /// ARGV: template, major parameter, lease, bucket hash, limit, remaining, reset-after, 429 wait, 429 scope, now.
    /// Times in microseconds; what the answer did not say is empty.
    static let report = RedisScript(
        preamble + """
            local lease, hash = ARGV[3], ARGV[4]
            local limit, remaining, reset_after = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
            local wait, scope = tonumber(ARGV[8]), ARGV[9]

            -- A lease that has run out is known to nobody any more: its answer can only lower what is thought to be
            -- free.
            local held = redis.call('GET', prefix .. 'lease:' .. lease)
            local window, reserved = nil, nil
            if held then
              local colon = string.find(held, ':', 1, true)
              window, reserved = tonumber(string.sub(held, 1, colon - 1)), string.sub(held, colon + 1)
              redis.call('DEL', prefix .. 'lease:' .. lease)
              redis.call('ZREM', prefix .. 'leases:' .. reserved, lease)
            end

            local name = reserved or ('?' .. template .. ':' .. major)
            if hash ~= '' then
              name = hash .. ':' .. major
              redis.call('SET', prefix .. 'route:' .. template, hash, 'EX', 604800)
              redis.call('SET', prefix .. 'route:' .. template .. ':' .. major, hash, 'EX', 86400)
            end
            local bucket = prefix .. 'bucket:' .. name
            local f = redis.call('HMGET', bucket, 'limit', 'low', 'reset', 'window', 'period')
            local current = tonumber(f[4] or 0)
            local reset = tonumber(f[3] or 0)

            if wait and scope == 'global' then
              redis.call('SET', prefix .. 'global-blocked', text(now + wait), 'PX', math.ceil(wait / 1000) + 1000)
            elseif wait then
              redis.call('HSET', bucket, 'blocked', text(now + wait))
            end

            if hash ~= '' and limit and remaining and reset_after then
              redis.call('HSET', bucket, 'limit', limit, 'period', text(math.max(reset_after, tonumber(f[5] or 0))))
              local fresh = name ~= reserved or window == current
              if reset <= now and reset > 0 or not f[1] then
                -- The first word of a window that no reservation opened.
                current = current + 1
                redis.call('HSET', bucket, 'window', current, 'low', remaining, 'stale', 0)
                redis.call('HSET', bucket, 'reset', text(now + reset_after))
              elseif fresh then
                local low = remaining
                if reset > now and f[2] then low = math.min(low, tonumber(f[2])) end
                redis.call('HSET', bucket, 'low', low, 'reset', text(math.max(reset, now + reset_after)))
              else
                -- It may have opened the window that Discord is in now, so the window ends no sooner than it says.
                local low = reset > now and f[2] or limit
                redis.call('HSET', bucket, 'low', low, 'reset', text(math.max(reset, now + reset_after)))
                redis.call('HINCRBY', bucket, 'stale', 1)
              end
            elseif f[1] and name == reserved then
              -- Counted or not: an answer without numbers does not say. It may have opened a window, of the usual
              -- length.
              if reset <= now then
                if reset > 0 then redis.call('HSET', bucket, 'window', current + 1, 'stale', 0) end
                redis.call('HSET', bucket, 'low', f[1], 'reset', text(now + tonumber(f[5])))
              end
              redis.call('HINCRBY', bucket, 'stale', 1)
            end
            local life = 3600000
            if reset_after then life = life + math.ceil(reset_after / 1000) end
            if wait then life = life + math.ceil(wait / 1000) end
            if redis.call('EXISTS', bucket) == 1 then redis.call('PEXPIRE', bucket, life) end
            return 1
            """)
}
