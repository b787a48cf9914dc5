-- Deletes events that the backend has acknowledged, if this node still
-- delivers.
--
-- ARGV: node, number of losses reported so far, then the ids of the events.

local node, told = ARGV[first], tonumber(ARGV[first + 1])
if redis.call('GET', own_key(webhooks, 'string')) ~= node then return 0 end
redis.call('PEXPIRE', webhooks, ttl)
own_key(stream, 'stream')
for at = first + 2, #ARGV do redis.call('XDEL', stream, ARGV[at]) end
if told > 0 then
  own_key(losses, 'hash')
  local before = tonumber(redis.call('HGET', losses, 'told') or 0) or 0
  redis.call('HSET', losses, 'told', math.max(told, before))
end
return 1
