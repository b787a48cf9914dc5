-- Reads the position and a page of messages. KEYS: position, log.

local position, log = KEYS[1], KEYS[2]
local new_epoch, run, position_ttl, empty_ttl, command, first, last =
  unpack(ARGV)
local limit, max_bytes = tonumber(ARGV[8]), tonumber(ARGV[9])
-- Number of entries read at a time: they may be large, and those beyond the
-- page are read for nothing.
local max_chunk = 16

-- Returns offset and message of an entry, or nil if rookery did not write it.
local function read_entry(entry, epoch, earlier)
  local offset, names = number(string.match(entry[1], '^(%d+)%-0$')), entry[2]
  if not offset then return end
  local expected = place(offset, epoch_at(offset, epoch, earlier))
  if string.sub(names[2], 9, 30) == expected then return offset, names[2] end
end

-- Returns nil if the log does not belong to the epochs.
local function read_page(epoch, earlier)
  local page, bytes, chunk = {}, 0, 1
  while #page < limit and (#page == 0 or bytes < max_bytes) do
    local count = math.min(chunk, limit - #page)
    local entries = redis.call(command, log, first, last, 'COUNT', count)
    for _, entry in ipairs(entries) do
      local offset, message = read_entry(entry, epoch, earlier)
      if not offset then return end
      bytes = bytes + #message
      if #page > 0 and bytes > max_bytes then return page end
      page[#page + 1] = message
      first = command == 'XRANGE' and string.format('%.0f-1', offset)
              or string.format('%.0f', offset - 1)
    end
    if #entries < count then break end
    local fitting = math.ceil((max_bytes - bytes) * #page / bytes)
    chunk = math.max(1, math.min(max_chunk, 2 * chunk, fitting))
  end
  return page
end

local offset, epoch, _, earlier = read_position(position)
local page = offset and fits(log, offset) and read_page(epoch, earlier)
if not page then
  offset, epoch, earlier = begin_epoch(position, log, new_epoch, run)
  page = {}
end
keep(position, offset, position_ttl, empty_ttl)
return {offset, epoch, earlier, page}
