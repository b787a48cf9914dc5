-- The beginning of all scripts about the entries of nodes. A lease shows that a
-- node is alive: it is an element of the sorted set KEYS[1], scored with its
-- end in Redis time. The text of a kind of entries follows and defines:
--
--   ttl           time to live of all keys
--   node_keys     beginning of the nodes' indexes, which name their entries
--   index_type    type of an index
--   first         place of a script's own arguments in ARGV
--   add_width     number of arguments of one entry that is added
--   touch         prolongs the life of an entry's keys
--   add_entry     adds an entry or replaces it
--   is_done       returns true if that step of removals was made already
--   remove_entry  removes an entry of a node
--   finish_step   remembers a step of removals
--   sweep_entries removes some entries of a dead node
--
-- The functions that add, remove or sweep return the number of events made,
-- i.e. of entries that appeared or ended.

local leases = KEYS[1]

-- Deletes `key` if it is of another type than `kind`. Returns `key`.
local function own_key(key, kind)
  local found = redis.call('TYPE', key).ok
  if found ~= 'none' and found ~= kind then redis.call('UNLINK', key) end
  return key
end

-- Returns the key of a channel, as redis_keys::of_channel does.
local function of_channel(key, channel)
  local is_odd = string.sub(channel, 1, 1) == '}'
  return key .. (is_odd and ':{:' or '{') .. channel .. '}'
end

local function now()
  local time = redis.call('TIME')
  return time[1] * 1000 + math.floor(time[2] / 1000)
end

local function has_lease(node)
  local ends = redis.call('ZSCORE', own_key(leases, 'zset'), node)
  return ends and tonumber(ends) > now()
end

-- The first write needs no memory, so that a full Redis does not refuse the
-- writes after it: a lease must not end because Redis is full.
local function renew_lease(node, length, ttl)
  local had_lease = has_lease(node)
  redis.call('PEXPIRE', leases, ttl)
  redis.call('ZADD', leases, now() + length, node)
  redis.call('PEXPIRE', leases, ttl)
  return had_lease and 1 or 0
end

-- Returns a node other than `own` whose lease has ended, if there is one.
local function find_ended(own)
  local ended = redis.call('ZRANGEBYSCORE', own_key(leases, 'zset'), '-inf',
                           now(), 'LIMIT', 0, 2)
  return ended[1] ~= own and ended[1] or ended[2]
end
