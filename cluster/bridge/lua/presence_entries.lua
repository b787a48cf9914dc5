-- The entries of presence. A node's set holds the names of its entries,
-- `<channel>\n<client>` (a channel's name has no line feed). The entries
-- themselves are in the channel's hash: node, user and leave message, each
-- after its length, then the info. The scripts make the keys from prefixes, as
-- a sweep learns the channels from Redis.
--
-- ARGV begins with the time to live of all keys, then the prefixes of the
-- nodes' sets, of the Pub/Sub channels, and of the channels' hashes of entries
-- and of users.

local ttl, node_keys, names, entry_keys, user_keys = unpack(ARGV, 1, 5)
local first, index_type, add_width = 6, 'set', 5

local function split(name) return string.match(name, '^([^\n]*)\n(.*)$') end

-- Returns node, user, leave message and info; nil if `bytes` is not an entry.
local function unpack_entry(bytes)
  local good, node, user, leave, rest =
    pcall(struct.unpack, '>I2c0I2c0I4c0', bytes or '')
  if good then return node, user, leave, string.sub(bytes, rest) end
end

local function read_entry(channel, client)
  local key = own_key(of_channel(entry_keys, channel), 'hash')
  return unpack_entry(redis.call('HGET', key, client))
end

local function count_user(channel, user, step)
  local key = own_key(of_channel(user_keys, channel), 'hash')
  local sum = redis.pcall('HINCRBY', key, user, step)
  if type(sum) ~= 'number' or sum < step then
    redis.call('HSET', key, user, math.max(step, 0))
    sum = step
  end
  if sum < 1 then redis.call('HDEL', key, user) end
end

-- A channel that the user may not publish on has no effect on the others.
local function tell(channel, message)
  if message ~= '' then redis.pcall('PUBLISH', names .. channel, message) end
end

local function touch(name)
  local channel = string.match(name, '^[^\n]*')
  redis.call('PEXPIRE', of_channel(entry_keys, channel), ttl)
  redis.call('PEXPIRE', of_channel(user_keys, channel), ttl)
end

local function add_entry(node, index, name, user, info, join, leave)
  local channel, client = split(name)
  local owner, counted = read_entry(channel, client)
  local bytes = struct.pack('>I2c0I2c0I4c0', #node, node, #user, user, #leave,
                            leave) .. info
  redis.call('HSET', of_channel(entry_keys, channel), client, bytes)
  redis.call('SADD', index, name)
  if owner and owner ~= node then
    redis.call('SREM', own_key(node_keys .. owner, 'set'), name)
  end
  if counted ~= user then
    count_user(channel, user, 1)
    if counted then count_user(channel, counted, -1) end
  end
  touch(name)
  if owner then return 0 end
  tell(channel, join)
  return 1
end

-- Removes an entry that is not in its node's set any more. Entries of other
-- nodes are not changed.
local function end_entry(node, name)
  local channel, client = split(name)
  if not channel then return 0 end
  local owner, user, leave = read_entry(channel, client)
  if owner ~= node then return 0 end
  redis.call('HDEL', of_channel(entry_keys, channel), client)
  count_user(channel, user, -1)
  tell(channel, leave)
  return 1
end

local function remove_entry(node, index, name)
  redis.call('SREM', index, name)
  return end_entry(node, name)
end

-- A step that is made twice finds no entries the second time, so steps are not
-- stored.
local function is_done() return false end
local function finish_step() end

local function sweep_entries(node, index, count)
  local made = 0
  for _, name in ipairs(redis.call('SPOP', index, count)) do
    made = made + end_entry(node, name)
  end
  return made
end
