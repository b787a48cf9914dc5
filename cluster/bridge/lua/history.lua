-- The beginning of all history scripts.
--
-- An offset has at most 15 digits: numbers of Lua are exact that far, and nobody
-- publishes that often. Everything that can fail is checked before the first
-- write, as Redis takes nothing back; being out of memory or a replica is
-- reported for the first write alone.

local function number(text)
  return text and #text < 16 and not string.find(text, '%D') and tonumber(text)
end

-- Returns nothing if the key is of another type: its contents are lost then.
local function ask(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) ~= 'table' or not reply.err then return reply end
  if not string.find(reply.err, '^WRONGTYPE') then error(reply.err, 0) end
end

-- Returns offset and epoch, or nothing if they cannot be read.
local function read_position(key)
  local kept = ask('HMGET', key, 'o', 'e') or {}
  local offset, epoch = number(kept[1]), kept[2]
  if offset and epoch and #epoch == 8 and not string.find(epoch, '%W') then
    return offset, epoch
  end
end

-- Returns true if the log has nothing above that offset.
local function fits(log, offset)
  local above = ask('XRANGE', log, string.format('%.0f-1', offset), '+',
                    'COUNT', 1)
  return above and #above == 0
end

-- Writes nothing if there is no key: a full Redis can still refuse the next
-- command.
local function forget(...)
  if redis.call('EXISTS', ...) > 0 then redis.call('UNLINK', ...) end
end

local function begin_epoch(position, log, epoch)
  forget(position, log)
  redis.call('HSET', position, 'o', 0, 'e', epoch)
  return 0, epoch
end

-- The fields that every kept message begins with.
local function place(offset, epoch)
  return '\1\0\8' .. struct.pack('>I8', offset) .. '\2\0\8' .. epoch
end
