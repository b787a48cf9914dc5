-- Checks that a known publication is still part of the history. KEYS: position,
-- log.

local position, log = KEYS[1], KEYS[2]
local new_epoch, position_ttl, empty_ttl, seen_epoch, seen_offset, seen_id =
  unpack(ARGV)

local function has_seen()
  local id = seen_offset .. '-0'
  local entry = redis.call('XRANGE', log, id, id)[1]
  return not entry or seen_id == ''
         or entry[2][3] == 'i' and entry[2][4] == seen_id
end

local offset, epoch = read_position(position)
local is_intact = offset and fits(log, offset)
if is_intact and epoch == seen_epoch then
  is_intact = tonumber(seen_offset) <= offset and has_seen()
end
if not is_intact then
  offset, epoch = begin_epoch(position, log, new_epoch)
end
keep(position, offset, position_ttl, empty_ttl)
return {offset, epoch}
