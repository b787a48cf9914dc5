-- Checks that a known publication is still part of the history. KEYS: position,
-- log.

local position, log = KEYS[1], KEYS[2]
local new_epoch, run, position_ttl, empty_ttl, seen_epoch, seen_offset, seen_id =
  unpack(ARGV)

local function has_seen()
  local id = seen_offset .. '-0'
  local entry = redis.call('XRANGE', log, id, id)[1]
  return not entry or seen_id == ''
         or entry[2][3] == 'i' and entry[2][4] == seen_id
end

-- Returns the last offset of the epoch; nil if it is not of this history.
local function last_of(name, offset, epoch, earlier)
  if name == epoch then return offset end
  for each, last in each_earlier(earlier) do
    if name == each then return tonumber(last) end
  end
end

local offset, epoch, _, earlier = read_position(position)
local is_intact = offset and fits(log, offset)
local last = is_intact and last_of(seen_epoch, offset, epoch, earlier)
if last then
  is_intact = tonumber(seen_offset) <= last and has_seen()
end
if not is_intact then
  offset, epoch = begin_epoch(position, log, new_epoch, run)
end
keep(position, offset, position_ttl, empty_ttl)
return {offset, epoch}
