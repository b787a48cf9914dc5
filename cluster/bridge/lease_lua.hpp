#pragma once

/// What the scripts that keep leases share. A lease is a node's sign of life:
/// an element of the sorted set KEYS[1], scored with its end in Redis time.
namespace rookery::lease_lua {

inline constexpr auto common = R"lua(
local leases = KEYS[1]

-- Without what is not ours.
local function sound(key, kind)
  local found = redis.call('TYPE', key).ok
  if found ~= 'none' and found ~= kind then redis.call('UNLINK', key) end
  return key
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function has_lease(node)
  local ends = redis.call('ZSCORE', sound(leases, 'zset'), node)
  return ends and tonumber(ends) > now()
end

-- The first write is one that Redis does without memory, so that none is
-- refused: leases must not end when it has none left.
local function renew_lease(node, length, ttl)
  local had_lease = has_lease(node)
  redis.call('PEXPIRE', leases, ttl)
  redis.call('ZADD', leases, now() + length, node)
  redis.call('PEXPIRE', leases, ttl)
  return had_lease and 1 or 0
end

-- A node other than `own` whose lease has ended, if there is one.
local function find_ended(own)
  local ended = redis.call('ZRANGEBYSCORE', sound(leases, 'zset'), '-inf',
                           now(), 'LIMIT', 0, 2)
  return ended[1] ~= own and ended[1] or ended[2]
end
)lua";

} // namespace rookery::lease_lua
