-- Lists entries of a channel whose node's lease is alive.
--
-- ARGV: channel, maximum entries, maximum bytes of infos.

local channel, limit, max_bytes = ARGV[first], ARGV[first + 1],
                                  tonumber(ARGV[first + 2])
local found = redis.call('HRANDFIELD', own_key(entry_keys .. channel, 'hash'),
                         limit, 'WITHVALUES')
local alive, listing, bytes = {}, {}, 0
for at = 1, #found, 2 do
  local node, _, _, info = unpack_entry(found[at + 1])
  if node and alive[node] == nil then alive[node] = has_lease(node) or false end
  if node and alive[node] then
    bytes = bytes + #info
    if #listing > 0 and bytes > max_bytes then break end
    listing[#listing + 1] = found[at]
    listing[#listing + 1] = info
  end
end
return listing
