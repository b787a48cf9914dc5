-- Renews or begins a node's lease, and extends the life of the keys of some of
-- its entries.
--
-- ARGV: node, length of the lease, cursor, number of entries to touch.

local node, length, cursor, count = unpack(ARGV, first)
local result = {renew_lease(node, length, ttl)}
local index = own_key(node_keys .. node, index_type)
redis.call('PEXPIRE', index, ttl)
for _, key in ipairs(KEYS) do redis.call('PEXPIRE', key, ttl) end

local is_hash = index_type == 'hash'
local found = redis.call(is_hash and 'HSCAN' or 'SSCAN', index, cursor,
                         'COUNT', count)
result[2] = found[1]
for at = 1, #found[2], is_hash and 2 or 1 do
  local name = found[2][at]
  touch(name)
  if name ~= '#' then result[#result + 1] = name end
end
return result
