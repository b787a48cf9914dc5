-- Lists entries of a channel whose node's lease is alive.
--
-- ARGV: channel, maximum entries, maximum bytes of infos.

local channel, limit, max_bytes = ARGV[first], ARGV[first + 1],
                                  tonumber(ARGV[first + 2])
local key = own_key(of_channel(entry_keys, channel), 'hash')
local names = redis.call('HRANDFIELD', key, limit)
local alive, listing, bytes = {}, {}, 0
for _, name in ipairs(names) do
  -- One at a time: an entry may be large.
  local node, _, _, info = unpack_entry(redis.call('HGET', key, name))
  if node and alive[node] == nil then alive[node] = has_lease(node) or false end
  if node and alive[node] then
    bytes = bytes + #info
    if #listing > 0 and bytes > max_bytes then break end
    listing[#listing + 1] = name
    listing[#listing + 1] = info
  end
end
return listing
