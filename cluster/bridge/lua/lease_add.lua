-- Adds entries of a node, unless its lease has ended.
--
-- ARGV: node, then `add_width` arguments of each entry.

local node = ARGV[first]
if not has_lease(node) then return -1 end
local index = own_key(node_keys .. node, index_type)
local made = 0
for at = first + 1, #ARGV, add_width do
  made = made + add_entry(node, index, unpack(ARGV, at, at + add_width - 1))
end
redis.call('PEXPIRE', index, ttl)
return made
