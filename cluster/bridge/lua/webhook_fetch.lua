-- Reads the oldest events for the node that delivers.
--
-- ARGV: node, maximum events, maximum bytes of texts.

local node, count, max_bytes = ARGV[first], ARGV[first + 1],
                               tonumber(ARGV[first + 2])
if not has_lease(node) then return {0, 0} end
local holder = redis.call('GET', own_key(webhooks, 'string'))
if holder and holder ~= node and has_lease(holder) then return {0, 0} end
redis.call('PEXPIRE', webhooks, ttl) -- Redis may be full, see lease_remove.lua
if holder ~= node then redis.call('SET', webhooks, node, 'PX', ttl) end

own_key(losses, 'hash')
local result = {1, tonumber(redis.call('HGET', losses, 'all') or 0) or 0}
local told = tonumber(redis.call('HGET', losses, 'told') or 0) or 0
result[3] = math.max(result[2] - told, 0)
local bytes = 0
for _, event in ipairs(redis.call('XRANGE', own_key(stream, 'stream'), '-', '+',
                                  'COUNT', count)) do
  local id, fields = event[1], event[2]
  local text = fields[4] or ''
  bytes = bytes + #text
  if #result > 3 and bytes > max_bytes then break end
  result[#result + 1] = id
  result[#result + 1] = fields[2]
  result[#result + 1] = text
end
return result
