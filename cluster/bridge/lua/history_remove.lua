-- Deletes the publications, keeps the position, and tells the nodes.
-- KEYS: position, log.

local position_ttl, empty_ttl, channel, message = unpack(ARGV)
redis.call('PEXPIRE', KEYS[1],
           read_position(KEYS[1]) == 0 and empty_ttl or position_ttl)
local removed = redis.call('UNLINK', KEYS[2])
redis.call('PUBLISH', channel, message)
return removed
