-- The beginning of all history scripts.
--
-- An offset has at most 15 digits, as numbers of Lua are exact only that far.
-- Everything that can fail is checked before the first write, as Redis does not
-- undo writes. Redis reports that it is out of memory or a replica at the first
-- write only.

local function number(text)
  return text and #text < 16 and not string.find(text, '%D') and tonumber(text)
end

-- Calls a command. Returns nil if the key is of another type: its contents
-- count as lost.
local function ask(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) ~= 'table' or not reply.err then return reply end
  if not string.find(reply.err, '^WRONGTYPE') then error(reply.err, 0) end
end

-- Returns offset, epoch, the run in which the epoch began, and the earlier
-- epochs; nil if the position cannot be read. The earlier epochs are
-- `<epoch>:<last offset>` with blanks between them, newest first.
local function read_position(key)
  local kept = ask('HMGET', key, 'o', 'e', 'r', 'p') or {}
  local offset, epoch = number(kept[1]), kept[2]
  if offset and epoch and #epoch == 8 and not string.find(epoch, '%W') then
    return offset, epoch, kept[3] or '', kept[4] or ''
  end
end

-- Returns an iterator of the earlier epochs and their last offsets.
local function each_earlier(earlier) return string.gmatch(earlier, '(%w+):(%d+)') end

-- Returns the epoch in which that offset was given.
local function epoch_at(wanted, epoch, earlier)
  for name, last in each_earlier(earlier) do
    if wanted > tonumber(last) then break end
    epoch = name
  end
  return epoch
end

-- Returns true if the log has no entry above that offset.
local function fits(log, offset)
  local above = ask('XRANGE', log, string.format('%.0f-1', offset), '+',
                    'COUNT', 1)
  return above and #above == 0
end

-- Deletes the keys. Writes nothing if there are none: a full Redis can still
-- refuse the next command.
local function forget(...)
  if redis.call('EXISTS', ...) > 0 then redis.call('UNLINK', ...) end
end

-- Extends the life of a position; one at offset 0 gets `empty_ttl`. A Redis
-- that cannot save refuses all writes; what it has can be read.
local function keep(position, offset, ttl, empty_ttl)
  redis.pcall('PEXPIRE', position, offset == 0 and empty_ttl or ttl)
end

local function begin_epoch(position, log, epoch, run)
  forget(position, log)
  redis.call('HSET', position, 'o', 0, 'e', epoch, 'r', run)
  return 0, epoch, ''
end

-- Returns the fields at the beginning of every kept message.
local function place(offset, epoch)
  return '\1\0\8' .. struct.pack('>I8', offset) .. '\2\0\8' .. epoch
end
