#pragma once

/// The text of the presence scripts. A node's set says which entries it has,
/// `<channel>\n<client>` (no channel's name has a line feed); a channel's hash
/// is what counts: node, user and leave message, each behind its length, then
/// the info. Keys are made here out of their beginnings: a sweep learns the
/// channels from Redis.
namespace rookery::presence_lua {

/// What all of them share, behind lease_lua.hpp. ARGV begins with the time to
/// live of all keys and the beginnings: of the Pub/Sub channels, of the
/// channels' hashes of entries and users, and of the nodes' sets.
inline constexpr auto common = R"lua(
local ttl, names, entry_keys, user_keys, node_keys = unpack(ARGV, 1, 5)

-- Node, user, leave message and info; nothing if that is no entry.
local function unpack_entry(bytes)
  local good, node, user, leave, rest =
    pcall(struct.unpack, '>I2c0I2c0I4c0', bytes or '')
  if good then return node, user, leave, string.sub(bytes, rest) end
end

local function read_entry(channel, client)
  local key = sound(entry_keys .. channel, 'hash')
  return unpack_entry(redis.call('HGET', key, client))
end

local function count_user(channel, user, step)
  local key = sound(user_keys .. channel, 'hash')
  local sum = redis.pcall('HINCRBY', key, user, step)
  if type(sum) ~= 'number' or sum < step then
    redis.call('HSET', key, user, math.max(step, 0))
    sum = step
  end
  if sum < 1 then redis.call('HDEL', key, user) end
end

local function tell(channel, message)
  if message ~= '' then redis.call('PUBLISH', names .. channel, message) end
end

-- True if it was there, and of that node.
local function remove_entry(node, channel, client)
  local owner, user, leave = read_entry(channel, client)
  if owner ~= node then return false end
  redis.call('HDEL', entry_keys .. channel, client)
  count_user(channel, user, -1)
  tell(channel, leave)
  return true
end
)lua";

/// ARGV: node, length of the lease, cursor, how many entries to touch.
inline constexpr auto renew = R"lua(
local node, length, cursor, count = unpack(ARGV, 6)
local had_lease = renew_lease(node, length, ttl)

local index = sound(node_keys .. node, 'set')
redis.call('PEXPIRE', index, ttl)
local found = redis.call('SSCAN', index, cursor, 'COUNT', count)
for _, entry in ipairs(found[2]) do
  local channel = string.match(entry, '^[^\n]*')
  redis.call('PEXPIRE', entry_keys .. channel, ttl)
  redis.call('PEXPIRE', user_keys .. channel, ttl)
end
return {had_lease, found[1]}
)lua";

/// ARGV: node, then channel, client, user, info, join and leave of each entry.
inline constexpr auto add = R"lua(
local node = ARGV[6]
if not has_lease(node) then return -1 end
local index = sound(node_keys .. node, 'set')
local added = 0
for at = 7, #ARGV, 6 do
  local channel, client, user, info, join, leave = unpack(ARGV, at, at + 5)
  local owner, counted = read_entry(channel, client)
  local bytes = struct.pack('>I2c0I2c0I4c0', #node, node, #user, user, #leave,
                            leave) .. info
  redis.call('HSET', entry_keys .. channel, client, bytes)
  redis.call('SADD', index, channel .. '\n' .. client)
  if owner and owner ~= node then
    redis.call('SREM', sound(node_keys .. owner, 'set'),
               channel .. '\n' .. client)
  end
  if counted ~= user then
    count_user(channel, user, 1)
    if counted then count_user(channel, counted, -1) end
  end
  redis.call('PEXPIRE', entry_keys .. channel, ttl)
  redis.call('PEXPIRE', user_keys .. channel, ttl)
  if not owner then
    added = added + 1
    tell(channel, join)
  end
end
redis.call('PEXPIRE', index, ttl)
return added
)lua";

/// ARGV: node, then channel and client of each entry.
inline constexpr auto remove = R"lua(
local node = ARGV[6]
local index = sound(node_keys .. node, 'set')
local removed = 0
for at = 7, #ARGV, 2 do
  local channel, client = ARGV[at], ARGV[at + 1]
  redis.call('SREM', index, channel .. '\n' .. client)
  if remove_entry(node, channel, client) then removed = removed + 1 end
end
return removed
)lua";

/// ARGV: the node that sweeps, how many entries to take.
inline constexpr auto sweep = R"lua(
local own, most = unpack(ARGV, 6)
local node = find_ended(own)
if not node then return {'', 0, 0} end

local index = sound(node_keys .. node, 'set')
local removed = 0
for _, entry in ipairs(redis.call('SPOP', index, most)) do
  local channel, client = string.match(entry, '^([^\n]*)\n(.*)$')
  if channel and remove_entry(node, channel, client) then
    removed = removed + 1
  end
end
local left = redis.call('SCARD', index)
if left == 0 then redis.call('ZREM', leases, node) end
return {node, removed, left}
)lua";

/// ARGV: channel, how many entries, how many bytes of infos.
inline constexpr auto list = R"lua(
local channel, limit, most_bytes = ARGV[6], ARGV[7], tonumber(ARGV[8])
local found = redis.call('HRANDFIELD', sound(entry_keys .. channel, 'hash'),
                         limit, 'WITHVALUES')
local alive, listing, bytes = {}, {}, 0
for at = 1, #found, 2 do
  local node, _, _, info = unpack_entry(found[at + 1])
  if node and alive[node] == nil then alive[node] = has_lease(node) or false end
  if node and alive[node] then
    bytes = bytes + #info
    if #listing > 0 and bytes > most_bytes then break end
    listing[#listing + 1] = found[at]
    listing[#listing + 1] = info
  end
end
return listing
)lua";

/// ARGV: channel.
inline constexpr auto stats = R"lua(
local channel = ARGV[6]
return {redis.call('HLEN', sound(entry_keys .. channel, 'hash')),
        redis.call('HLEN', sound(user_keys .. channel, 'hash'))}
)lua";

} // namespace rookery::presence_lua
