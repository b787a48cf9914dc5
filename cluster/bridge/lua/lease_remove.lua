-- Removes entries of a node, with or without a lease. The first write needs no
-- memory, so that Redis refuses none when it is full.
--
-- ARGV: node, step, number of events lost on the way here, then name, text and
-- `1` or `0` of each entry: whether its end counts even if it is not there.

local node, step, lost = unpack(ARGV, first, first + 2)
local index = own_key(node_keys .. node, index_type)
if is_done(index, step) then return 0 end
redis.call('PEXPIRE', index, ttl)
local made = 0
for at = first + 3, #ARGV, 3 do
  local name, text, must = unpack(ARGV, at, at + 2)
  made = made + remove_entry(node, index, name, text, must == '1')
end
finish_step(index, step, lost)
return made
