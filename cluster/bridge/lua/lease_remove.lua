-- Removes entries of a node, with or without a lease. The first write needs no
-- memory, so that a full Redis does not refuse the writes after it.
--
-- ARGV: node, step, number of events that the node lost, then for each entry
-- its name, its text, and `1` if its end is recorded even if Redis does not
-- have it, else `0`.

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
