-- Tries every command that the scripts use, on a key that does not exist and
-- with arguments that change nothing. Returns the names of those that do not
-- work, each with the reason and with what fails for lack of it.
--
-- KEYS: a key of this cluster. ARGV: a channel of this cluster.

local key, channel = KEYS[1], ARGV[1]
local histories, presence, both = 'histories', 'presence and events',
                                  'histories, presence and events'
local commands = {
  {'PUBLISH', both, channel, ''},
  {'PEXPIRE', both, key, 'x'},
  {'UNLINK', both, key},
  {'HSET', both, key, 'x', 'x', 'x'},
  {'XADD', both, key, 'x', 'x', 'x'},
  {'XRANGE', both, key, '-', '+'},
  {'SET', both, key, 'x', 'x'},
  {'GET', both, key},
  {'EXISTS', histories, key},
  {'HMGET', histories, key, 'x'},
  {'INFO', 'histories after Redis has lost data', 'replication'},
  {'XREVRANGE', histories, key, '+', '-'},
  {'TYPE', presence, key},
  {'TIME', presence},
  {'ZADD', presence, key, 'x', 'x'},
  {'ZREM', presence, key, 'x'},
  {'ZSCORE', presence, key, 'x'},
  {'ZRANGEBYSCORE', presence, key, '0', '1'},
  {'HGET', presence, key, 'x'},
  {'HDEL', presence, key, 'x'},
  {'HLEN', presence, key},
  {'HINCRBY', presence, key, 'x', 'x'},
  {'HRANDFIELD', presence, key, '1'},
  {'HSCAN', presence, key, '0'},
  {'SSCAN', presence, key, '0'},
  {'SADD', presence, key, 'x'},
  {'SREM', presence, key, 'x'},
  {'SCARD', presence, key},
  {'SPOP', presence, key, 'x'},
  {'DEL', presence, key},
  {'XTRIM', presence, key, 'MAXLEN', 'x'},
  {'XDEL', presence, key, '0-1'}}

local result = {}
for _, command in ipairs(commands) do
  local name, purpose = table.remove(command, 1), table.remove(command, 1)
  local reply = redis.pcall(name, unpack(command))
  local text = type(reply) == 'table' and reply.err or ''
  local reason = string.find(text, 'Unknown .*command') and 'unknown'
                 or string.find(text, 'NOPERM') and 'not permitted'
                 or string.find(text, "can't") and 'not permitted'
                 or string.find(text, 'ACL failure') and 'not permitted'
  if reason then
    result[#result + 1] = name
    result[#result + 1] = reason
    result[#result + 1] = purpose
  end
end
return result
