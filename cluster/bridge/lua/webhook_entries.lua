-- The entries whose beginnings and ends are sent to the backend. A node's hash
-- has `o<channel>` with the channel's name in JSON, `d<client>` with the text
-- about that client, and `#` with the last step of removals. A channel's set
-- holds the nodes that have the channel. A change of an entry appends its event
-- in the same step.
--
-- KEYS: the leases, the stream of events, the counters of lost events, the node
-- that delivers. ARGV begins with the time to live of all keys, the prefixes of
-- the nodes' hashes and of the channels' sets, and the maximum number of events
-- kept.

local stream, losses, webhooks = unpack(KEYS, 2)
local ttl, node_keys, channel_keys, bound = unpack(ARGV, 1, 4)
local first, index_type, add_width = 5, 'hash', 2

local function lose(count)
  if count == 0 then return end
  own_key(losses, 'hash')
  if type(redis.pcall('HINCRBY', losses, 'all', count)) ~= 'number' then
    redis.call('HSET', losses, 'all', count)
  end
  redis.call('PEXPIRE', losses, ttl)
end

local function record(id, text)
  own_key(stream, 'stream')
  redis.call('XADD', stream, '*', 'i', id, 't', text)
  redis.call('PEXPIRE', stream, ttl)
  lose(redis.call('XTRIM', stream, 'MAXLEN', bound))
end

local function channel_of(name) return string.match(name, '^o(.*)') end

local function touch(name)
  local channel = channel_of(name)
  if not channel then return end
  redis.call('PEXPIRE', of_channel(channel_keys, channel), ttl)
end

local function add_entry(node, index, name, text)
  redis.call('HSET', index, name, text)
  local channel = channel_of(name)
  if not channel then return 0 end
  local nodes = own_key(of_channel(channel_keys, channel), 'set')
  local is_new = redis.call('SADD', nodes, node) == 1
  redis.call('PEXPIRE', nodes, ttl)
  if not is_new or redis.call('SCARD', nodes) > 1 then return 0 end
  record('', '"type":"occupied","channel":' .. text)
  return 1
end

-- Records the event of an entry that is not in its node's hash any more.
local function end_entry(node, name, text)
  local channel = channel_of(name)
  if not channel then
    record(string.sub(name, 2), '"type":"disconnect",' .. text)
    return 1
  end
  local nodes = own_key(of_channel(channel_keys, channel), 'set')
  redis.call('SREM', nodes, node)
  if redis.call('SCARD', nodes) > 0 then return 0 end
  record('', '"type":"vacated","channel":' .. text)
  return 1
end

local function is_done(index, step)
  return redis.call('HGET', index, '#') == step
end

local function remove_entry(node, index, name, text, must)
  if text == '' then text = redis.call('HGET', index, name) or '' end
  local was_there = redis.call('HDEL', index, name) == 1
  if text == '' or not (was_there or must) then return 0 end
  return end_entry(node, name, text)
end

local function finish_step(index, step, lost)
  lose(tonumber(lost))
  redis.call('HSET', index, '#', step)
  redis.call('PEXPIRE', index, ttl)
end

local function sweep_entries(node, index, count)
  local made = 0
  local found = redis.call('HRANDFIELD', index, count, 'WITHVALUES')
  for at = 1, #found, 2 do
    local name, text = found[at], found[at + 1]
    redis.call('HDEL', index, name)
    if string.sub(name, 1, 1) == 'd' then
      text = text .. ',"reason":"node lost"'
    end
    if name ~= '#' then made = made + end_entry(node, name, text) end
  end
  return made
end
