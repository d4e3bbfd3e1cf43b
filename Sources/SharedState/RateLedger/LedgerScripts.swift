import Contracts

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
/// A bucket without a record is unknown: one request in flight.
///
/// The global limit is 50 slots (`GlobalRateLimit` says why): `pending` has the unanswered by their reservation,
/// `slots` the answered by their arrival in Discord's time, `quickest` the smallest way to Discord.
///
/// Whoever has to wait stands in a line, of its bucket and, when the bucket has a place for it, of the global limit: one
/// sorted set a lane by the time since when it waits, and `seen`, when its place is given up unless it asks again. A
/// call goes when fewer stand before it than places are free.
///
/// Times are microseconds of Redis' clock, so that all processes share one; the last argument replaces the clock in
/// tests and is empty otherwise.
enum LedgerScripts {
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

    /// ARGV: template, major parameter, 1 when the global limit counts it, lane, ticket, waited, patience, lease
    /// duration, now. Gives {1, lease}, {0, microseconds to wait} or {2, microseconds without any request}.
    static let reserve = RedisScript(
        preamble + """
            local lane, ticket, since = tonumber(ARGV[4]), ARGV[5], now - tonumber(ARGV[6])
            local patience, duration = tonumber(ARGV[7]), tonumber(ARGV[8])
            local counted = ARGV[3] == '1'

            local refusal = tonumber(redis.call('LINDEX', prefix .. 'refusals', \(InvalidRequestLimit.count - 1)) or 0)
            if refusal + \(InvalidRequestLimit.window.microseconds) > now then
              return {2, math.min(refusal + \(InvalidRequestLimit.window.microseconds) - now, 600000000)}
            end


            """ + line + bucketPlaces + globalPlaces + """
                if wait > 0 then
                  wait = math.ceil(wait)
                  if wait <= patience then
                    stand(bucket_line, wait)
                    if counted and not full then stand(global_line, wait) elseif waiting then leave(global_line) end
                  elseif waiting then
                    leave(bucket_line)
                    leave(global_line)
                  end
                  return {0, wait}
                end

                served(bucket_line, bucket_oldest)
                if counted then served(global_line, global_oldest) end
                if opens then
                  window = window + 1
                  redis.call('HSET', bucket, 'window', window, 'reset', 0, 'stale', gone)
                end
                local lease = redis.call('INCR', prefix .. 'lease')
                if counted then
                  redis.call('ZADD', pending, text(now), lease)
                  redis.call('PEXPIRE', pending, 10000)
                end
                redis.call('ZADD', leases, text(now + duration), lease)
                redis.call('PEXPIRE', leases, math.ceil(duration / 1000) + 60000)
                redis.call('SET', prefix .. 'lease:' .. lease, window .. ':' .. name, 'PX', math.ceil(duration / 1000))
                return {1, lease}
                """)

    /// The lines of those who wait.
    private static let line = """
        local waiting = ARGV[6] ~= '0'
        local function stand(line, wait)
          redis.call('ZADD', line .. lane, 'NX', text(since), ticket)
          redis.call('ZADD', line .. 'seen', text(now + wait + 100000), lane .. ':' .. ticket)
          for _, key in ipairs({line .. lane, line .. 'seen'}) do
            redis.call('PEXPIRE', key, math.max(redis.call('PTTL', key), math.ceil(wait / 1000) + 10000))
          end
        end
        local function leave(line)
          redis.call('ZREM', line .. lane, ticket)
          redis.call('ZREM', line .. 'seen', lane .. ':' .. ticket)
        end
        -- How many go first, and whether nobody has waited longer.
        local function place(line)
          if redis.call('EXISTS', line .. 'seen') == 0 then return 0, false end
          for _, member in ipairs(redis.call('ZRANGEBYSCORE', line .. 'seen', '-inf', text(now))) do
            redis.call('ZREM', line .. string.sub(member, 1, 1), string.sub(member, 3))
            redis.call('ZREM', line .. 'seen', member)
          end
          local ahead = redis.call('ZRANK', line .. lane, ticket)
            or redis.call('ZCOUNT', line .. lane, '-inf', text(since))
          for higher = 0, lane - 1 do ahead = ahead + redis.call('ZCARD', line .. higher) end
          local oldest, oldest_lane, oldest_since
          for each = 0, 3 do
            local head = redis.call('ZRANGE', line .. each, 0, 0, 'WITHSCORES')
            if head[1] and (not oldest or tonumber(head[2]) < oldest_since) then
              oldest, oldest_lane, oldest_since = head[1], each, tonumber(head[2])
            end
          end
          if oldest and tonumber(redis.call('GET', line .. 'passed') or 0) >= \(RateLane.patience) then
            if oldest == ticket then ahead = 0 elseif oldest_lane > lane then ahead = ahead + 1 end
          end
          return ahead, oldest == ticket
        end
        local function served(line, oldest)
          if waiting then leave(line) end
          if redis.call('EXISTS', line .. 'seen') == 0 then return end
          local below = 0
          for lower = lane + 1, 3 do below = below + redis.call('ZCARD', line .. lower) end
          if oldest or below == 0 then
            redis.call('DEL', line .. 'passed')
          else
            redis.call('INCR', line .. 'passed')
            redis.call('PEXPIRE', line .. 'passed', 60000)
          end
        end


        """

    /// Leaves `wait` above 0 when the bucket has no place for this call; `full` then.
    private static let bucketPlaces = """
        local name = redis.call('GET', prefix .. 'route:' .. template .. ':' .. major)
          or redis.call('GET', prefix .. 'route:' .. template)
        name = name and (name .. ':' .. major) or ('?' .. template .. ':' .. major)
        local bucket, leases = prefix .. 'bucket:' .. name, prefix .. 'leases:' .. name
        local bucket_line = prefix .. 'line:' .. name .. ':'

        local f = redis.call('HMGET', bucket, 'limit', 'low', 'reset', 'window', 'stale', 'blocked')
        local stale = tonumber(f[5] or 0)
        local gone = redis.call('ZREMRANGEBYSCORE', leases, '-inf', text(now))
        if gone > 0 and f[1] then stale = redis.call('HINCRBY', bucket, 'stale', gone) end
        local flying = redis.call('ZCARD', leases)
        local window, reset = tonumber(f[4] or 0), tonumber(f[3] or 0)
        local blocked = tonumber(f[6] or 0) - now
        local opens, free, ends = false, nil, nil
        if not f[1] then
          free = 1 - flying
        elseif reset > now then
          free, ends = tonumber(f[2]) - flying - stale, reset - now
        else
          opens = reset > 0
          free = tonumber(f[1]) - flying - (opens and gone or stale)
          -- Nothing on its way can free a place any more.
          if flying == 0 then free = math.max(free, 1) end
        end
        local wait = 0
        local ahead, bucket_oldest = place(bucket_line)
        if blocked > 0 then
          wait = blocked
        elseif ahead >= free then
          -- With requests on their way an answer may free a place sooner than the window's end does.
          local again = ahead == free and 20000 or 100000
          if ends and flying == 0 then wait = ends else wait = math.min(ends or again, again) end
          if ends and free > 0 then wait = math.min(wait, 50000) end
        end
        local full = wait > 0


        """

    /// Raises `wait` when the global limit has no slot for this call.
    private static let globalPlaces = """
        local pending, slots = prefix .. 'pending', prefix .. 'slots'
        local global_line = prefix .. 'line:'
        local global_oldest = false
        if counted and not full then
          local quickest = redis.call('HMGET', prefix .. 'quickest', 'way', 'way-before')
          local way = math.min(tonumber(quickest[1]) or math.huge, tonumber(quickest[2]) or math.huge)
          if way == math.huge then way = 0 end
          -- A slot whose request arrived at a is free for one reserved at a + hold - way.
          local hold, longest = \(GlobalRateLimit.hold), \(GlobalRateLimit.longestDelay.microseconds)
          redis.call('ZREMRANGEBYSCORE', slots, '-inf', text(now + way - hold))
          redis.call('ZREMRANGEBYSCORE', pending, '-inf', text(now - hold - longest))
          -- From the future: a clock stepped back. They are held once more from now.
          for _, lease in ipairs(redis.call('ZRANGEBYSCORE', pending, '(' .. text(now), '+inf')) do
            redis.call('ZADD', pending, text(now), lease)
          end
          for _, lease in ipairs(redis.call('ZRANGEBYSCORE', slots, '(' .. text(now + way + longest), '+inf')) do
            redis.call('ZADD', slots, text(now + way), lease)
          end
          local answered = redis.call('ZCARD', slots)
          local idle = \(GlobalRateLimit.count) - answered - redis.call('ZCARD', pending)
          local halted = tonumber(redis.call('GET', prefix .. 'global-blocked') or 0) - now
          local first
          first, global_oldest = place(global_line)
          if halted > 0 then
            wait = halted
          elseif first >= idle then
            local index = first - idle
            local next = redis.call('ZRANGE', slots, index, index, 'WITHSCORES')[2]
            if next then
              wait = tonumber(next) + hold - way - now
            else
              next = redis.call('ZRANGE', pending, index - answered, index - answered, 'WITHSCORES')[2]
              wait = next and tonumber(next) + hold - now or 1000000
            end
            wait = math.max(wait, 2000)
            -- Its turn can come before it stands in front.
            if global_oldest then wait = math.min(wait, 50000) end
          end
        end


        """

    /// ARGV: template, major parameter, lease, lease duration, now.
    static let renew = RedisScript(
        preamble + """
            local key, duration = prefix .. 'lease:' .. ARGV[3], tonumber(ARGV[4])
            local held = redis.call('GET', key)
            if not held then return 0 end
            redis.call('PEXPIRE', key, math.ceil(duration / 1000))
            local leases = prefix .. 'leases:' .. string.sub(held, string.find(held, ':', 1, true) + 1)
            redis.call('ZADD', leases, 'XX', text(now + duration), ARGV[3])
            redis.call('PEXPIRE', leases, math.ceil(duration / 1000) + 60000)
            return 1
            """)

    /// ARGV: template, major parameter, lease, bucket hash, limit, remaining, reset-after, 429 wait, 429 scope,
    /// when Discord judged it, 1 when it counts as refused, now. Times in microseconds; what the answer did not say is empty.
    static let report = RedisScript(
        preamble + """
            local lease, hash = ARGV[3], ARGV[4]
            local limit, remaining, reset_after = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
            local wait, scope = tonumber(ARGV[8]), ARGV[9]

            if ARGV[11] == '1' then
              redis.call('LPUSH', prefix .. 'refusals', text(now))
              redis.call('LTRIM', prefix .. 'refusals', 0, \(InvalidRequestLimit.count - 1))
              redis.call('PEXPIRE', prefix .. 'refusals', \(InvalidRequestLimit.window.microseconds / 1000))
            end

            local taken = tonumber(redis.call('ZSCORE', prefix .. 'pending', lease) or nil)
            if taken then
              redis.call('ZREM', prefix .. 'pending', lease)
              local judged = tonumber(ARGV[10])
              local quickest = prefix .. 'quickest'
              local function least(kind, measure)
                local known = redis.call('HMGET', quickest, kind, kind .. '-before', kind .. '-period')
                local period = math.floor(now / \(GlobalRateLimit.memory.microseconds))
                local current, before, last = tonumber(known[1]), tonumber(known[2]), tonumber(known[3])
                if last ~= period then
                  before = last == period - 1 and current or nil
                  current = nil
                end
                if measure then current = math.min(current or measure, measure) end
                if current then
                  redis.call(
                    'HSET', quickest, kind, text(current), kind .. '-before', before and text(before) or '',
                    kind .. '-period', period)
                  redis.call('PEXPIRE', quickest, \(2 * GlobalRateLimit.memory.microseconds / 1000))
                end
                return math.min(current or before or 0, before or current or 0)
              end
              local arrived = judged
              if judged then
                least('way', judged - taken)
              else
                arrived = now - least('trip', now - taken) + least('way', nil)
              end
              redis.call('ZADD', prefix .. 'slots', text(arrived), lease)
              redis.call('PEXPIRE', prefix .. 'slots', 10000)
            end

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
            -- Whoever refused it may have a bucket of its own: what was learnt from good answers stays.
            if wait and reserved and string.sub(reserved, 1, 1) ~= '?' and hash .. ':' .. major ~= reserved then
              hash = ''
            end
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

extension GlobalRateLimit {
    /// How long a slot is held from a request's arrival to the next one's.
    fileprivate static var hold: Int { (window + margin).microseconds }
}
