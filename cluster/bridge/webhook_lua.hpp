#pragma once

/// The text of the event scripts. A node's hash says what it has: `o<channel>`
/// with the channel's name in JSON, `d<client>` with what the backend is told
/// of the client; and under `#` the last step of removals it has made. A
/// channel's set holds the nodes that have it. Whatever changes one of them
/// appends its event in the same step.
namespace rookery::webhook_lua {

/// What all of them share, behind lease_lua.hpp. KEYS: the leases, the stream
/// of events, the counters of lost ones, the node that delivers. ARGV begins
/// with the time to live of all keys, how many events are kept, and the
/// beginnings of the nodes' hashes and the channels' sets.
inline constexpr auto common = R"lua(
local stream, losses, webhooks = unpack(KEYS, 2)
local ttl, bound, node_keys, channel_keys = unpack(ARGV, 1, 4)

local function lose(count)
  if count == 0 then return end
  sound(losses, 'hash')
  if type(redis.pcall('HINCRBY', losses, 'all', count)) ~= 'number' then
    redis.call('HSET', losses, 'all', count)
  end
  redis.call('PEXPIRE', losses, ttl)
end

local function record(id, text)
  sound(stream, 'stream')
  redis.call('XADD', stream, '*', 'i', id, 't', text)
  redis.call('PEXPIRE', stream, ttl)
  lose(redis.call('XTRIM', stream, 'MAXLEN', bound))
end

local function channel_of(name) return string.match(name, '^o(.*)') end

-- Records what ends with an entry that is no more. Returns how many events.
local function end_entry(node, name, text)
  local channel = channel_of(name)
  if not channel then
    record(string.sub(name, 2), '"type":"disconnect",' .. text)
    return 1
  end
  local nodes = sound(channel_keys .. channel, 'set')
  redis.call('SREM', nodes, node)
  if redis.call('SCARD', nodes) > 0 then return 0 end
  record('', '"type":"vacated","channel":' .. text)
  return 1
end
)lua";

/// ARGV: node, length of the lease, cursor, how many entries to look at.
inline constexpr auto renew = R"lua(
local node, length, cursor, count = unpack(ARGV, 5)
local result = {renew_lease(node, length, ttl)}
local index = sound(node_keys .. node, 'hash')
for _, key in ipairs({index, stream, losses, webhooks}) do
  redis.call('PEXPIRE', key, ttl)
end
local found = redis.call('HSCAN', index, cursor, 'COUNT', count)
result[2] = found[1]
for at = 1, #found[2], 2 do
  local name = found[2][at]
  local channel = channel_of(name)
  if channel then redis.call('PEXPIRE', channel_keys .. channel, ttl) end
  if name ~= '#' then result[#result + 1] = name end
end
return result
)lua";

/// ARGV: node, then name and text of each entry.
inline constexpr auto add = R"lua(
local node = ARGV[5]
if not has_lease(node) then return -1 end
local index = sound(node_keys .. node, 'hash')
local made = 0
for at = 6, #ARGV, 2 do
  local name, text = ARGV[at], ARGV[at + 1]
  redis.call('HSET', index, name, text)
  local channel = channel_of(name)
  if channel then
    local nodes = sound(channel_keys .. channel, 'set')
    local is_new = redis.call('SADD', nodes, node) == 1
    redis.call('PEXPIRE', nodes, ttl)
    if is_new and redis.call('SCARD', nodes) == 1 then
      record('', '"type":"occupied","channel":' .. text)
      made = made + 1
    end
  end
end
redis.call('PEXPIRE', index, ttl)
return made
)lua";

/// ARGV: node, step, events lost on the way here, then name, text and `1` or
/// `0` of each entry: whether its event is due even if the entry is not there.
/// A step that was made already is not made again. The first write needs no
/// memory, so that Redis refuses none when it is full.
inline constexpr auto remove = R"lua(
local node, step, lost = unpack(ARGV, 5, 7)
local index = sound(node_keys .. node, 'hash')
if redis.call('HGET', index, '#') == step then return 0 end
redis.call('PEXPIRE', index, ttl)
local made = 0
for at = 8, #ARGV, 3 do
  local name, text, must = ARGV[at], ARGV[at + 1], ARGV[at + 2] == '1'
  if text == '' then text = redis.call('HGET', index, name) or '' end
  local was_there = redis.call('HDEL', index, name) == 1
  if text ~= '' and (was_there or must) then
    made = made + end_entry(node, name, text)
  end
end
lose(tonumber(lost))
redis.call('HSET', index, '#', step)
redis.call('PEXPIRE', index, ttl)
return made
)lua";

/// ARGV: the node that sweeps, how many entries to take.
inline constexpr auto sweep = R"lua(
local own, most = unpack(ARGV, 5)
local node = find_ended(own)
if not node then return {'', 0, 0} end
local index = sound(node_keys .. node, 'hash')
local made = 0
local found = redis.call('HRANDFIELD', index, most, 'WITHVALUES')
for at = 1, #found, 2 do
  local name, text = found[at], found[at + 1]
  redis.call('HDEL', index, name)
  if string.sub(name, 1, 1) == 'd' then text = text .. ',"reason":"node lost"' end
  if name ~= '#' then made = made + end_entry(node, name, text) end
end
local left = redis.call('HLEN', index)
if left == 0 then redis.call('ZREM', leases, node) end
return {node, made, left}
)lua";

/// ARGV: node, how many events, how many bytes of texts.
inline constexpr auto fetch = R"lua(
local node, most, most_bytes = ARGV[5], ARGV[6], tonumber(ARGV[7])
if not has_lease(node) then return {0, 0} end
local holder = redis.call('GET', sound(webhooks, 'string'))
if holder and holder ~= node and has_lease(holder) then return {0, 0} end
redis.call('PEXPIRE', webhooks, ttl) -- Redis may be full, see `remove`
if holder ~= node then redis.call('SET', webhooks, node, 'PX', ttl) end

sound(losses, 'hash')
local result = {1, tonumber(redis.call('HGET', losses, 'all') or 0) or 0}
local told = tonumber(redis.call('HGET', losses, 'told') or 0) or 0
result[3] = math.max(result[2] - told, 0)
local bytes = 0
for _, event in ipairs(redis.call('XRANGE', sound(stream, 'stream'), '-', '+',
                                  'COUNT', most)) do
  local id, fields = event[1], event[2]
  local text = fields[4] or ''
  bytes = bytes + #text
  if #result > 3 and bytes > most_bytes then break end
  result[#result + 1] = id
  result[#result + 1] = fields[2]
  result[#result + 1] = text
end
return result
)lua";

/// ARGV: node, how many losses have been told all in all, then the ids of the
/// events that the backend has.
inline constexpr auto settle = R"lua(
local node, told = ARGV[5], tonumber(ARGV[6])
if redis.call('GET', sound(webhooks, 'string')) ~= node then return 0 end
redis.call('PEXPIRE', webhooks, ttl)
sound(stream, 'stream')
for at = 7, #ARGV do redis.call('XDEL', stream, ARGV[at]) end
if told > 0 then
  sound(losses, 'hash')
  local before = tonumber(redis.call('HGET', losses, 'told') or 0) or 0
  redis.call('HSET', losses, 'told', math.max(told, before))
end
return 1
)lua";

/// ARGV: node.
inline constexpr auto release = R"lua(
local is_ours = redis.call('GET', sound(webhooks, 'string')) == ARGV[5]
return is_ours and redis.call('DEL', webhooks) or 0
)lua";

} // namespace rookery::webhook_lua
