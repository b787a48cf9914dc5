-- Removes entries of one node whose lease has ended.
--
-- ARGV: the node that sweeps, maximum number of entries to remove.

local own, count = unpack(ARGV, first)
local node = find_ended(own)
if not node then return {'', 0, 0} end
local index = own_key(node_keys .. node, index_type)
local made = sweep_entries(node, index, count)
local left = redis.call(index_type == 'hash' and 'HLEN' or 'SCARD', index)
if left == 0 then redis.call('ZREM', leases, node) end
return {node, made, left}
