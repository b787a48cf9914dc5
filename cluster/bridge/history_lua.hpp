#pragma once

/// The text of the history scripts. An offset has at most 15 digits: numbers of
/// Lua are exact that far, and nobody publishes that often. Everything that can
/// fail is checked before the first write, as Redis takes nothing back; being
/// out of memory or a replica is reported for the first write alone.
namespace rookery::history_lua {

/// What all of them share.
inline constexpr auto common = R"lua(
local function number(text)
  return text and #text < 16 and not string.find(text, '%D') and tonumber(text)
end

-- Nothing if the key is of another type: then what we kept there is lost.
local function ask(command, key, ...)
  local reply = redis.pcall(command, key, ...)
  if type(reply) ~= 'table' or not reply.err then return reply end
  if not string.find(reply.err, '^WRONGTYPE') then error(reply.err, 0) end
end

-- Offset and epoch, or nothing if they cannot be told.
local function read_position(key)
  local kept = ask('HMGET', key, 'o', 'e') or {}
  local offset, epoch = number(kept[1]), kept[2]
  if offset and epoch and #epoch == 8 and not string.find(epoch, '%W') then
    return offset, epoch
  end
end

-- Is nothing in the log above that offset?
local function fits(log, offset)
  local above = ask('XRANGE', log, string.format('%.0f-1', offset), '+',
                    'COUNT', 1)
  return above and #above == 0
end

-- Without a key there is no write yet: a full Redis can still refuse the next.
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
)lua";

inline constexpr auto publish = R"lua(
local position, log, once = KEYS[1], KEYS[2], KEYS[3]
local name, new_epoch, kind, fields, data, id, size, log_ttl, position_ttl,
      result_ttl = unpack(ARGV)

if once then
  local first = ask('GET', once) or ''
  if first == '0:' then return {0, '', 1} end
  local offset, epoch = string.match(first, '^([1-9]%d*):(%w+)$')
  if number(offset) and #epoch == 8 then return {number(offset), epoch, 1} end
end

local function finish(offset, epoch, message)
  if once then
    redis.call('SET', once, string.format('%.0f:%s', offset, epoch),
               'PX', result_ttl)
  end
  redis.call('PUBLISH', name, message)
  return {offset, epoch, 0}
end

if size == '0' then return finish(0, '', data) end

local function envelope(offset, epoch)
  local all = place(offset, epoch) .. fields
  return '\255RKY\1' .. kind .. struct.pack('>I2', #all) .. all .. data
end

local function append(offset, message)
  return redis.pcall('XADD', log, 'MAXLEN', size,
                     string.format('%.0f-0', offset), 'm', message, 'i', id)
end

-- Has the log something above the offset, or is it no log?
local function contradicts(reply)
  local why = type(reply) == 'table' and reply.err or ''
  return string.find(why, '^WRONGTYPE')
         or string.find(why, '^ERR The ID specified in XADD')
         or string.find(why, '^ERR The stream has exhausted')
end

local top, epoch = read_position(position)
local offset, message, reply
if top then
  offset = top + 1
  message = envelope(offset, epoch)
  reply = append(offset, message)
end
if not top or contradicts(reply) then
  forget(position, log)
  offset, epoch = 1, new_epoch
  message = envelope(offset, epoch)
  reply = append(offset, message)
end
if type(reply) == 'table' then return reply end

redis.call('PEXPIRE', log, log_ttl)
redis.call('HSET', position, 'o', offset, 'e', epoch)
redis.call('PEXPIRE', position, position_ttl)
return finish(offset, epoch, message)
)lua";

inline constexpr auto read = R"lua(
local position, log = KEYS[1], KEYS[2]
local new_epoch, position_ttl, command, first, last = unpack(ARGV)
local limit, most_bytes = tonumber(ARGV[6]), tonumber(ARGV[7])
-- Entries that are looked at in one go: they may be large.
local chunk = 32

-- The offset and the message of an entry, or nothing if it is none of ours.
local function read_entry(entry, epoch)
  local offset, names = number(string.match(entry[1], '^(%d+)%-0$')), entry[2]
  if offset and string.sub(names[2], 9, 30) == place(offset, epoch) then
    return offset, names[2]
  end
end

-- Nothing if the log is not that of the epoch.
local function read_page(epoch)
  local page, bytes = {}, 0
  while #page < limit do
    local count = math.min(chunk, limit - #page)
    local entries = redis.call(command, log, first, last, 'COUNT', count)
    for _, entry in ipairs(entries) do
      local offset, message = read_entry(entry, epoch)
      if not offset then return end
      bytes = bytes + #message
      if #page > 0 and bytes > most_bytes then return page end
      page[#page + 1] = message
      first = command == 'XRANGE' and string.format('%.0f-1', offset)
              or string.format('%.0f', offset - 1)
    end
    if #entries < count then break end
  end
  return page
end

local offset, epoch = read_position(position)
local page = offset and fits(log, offset) and read_page(epoch)
if not page then
  offset, epoch = begin_epoch(position, log, new_epoch)
  page = {}
end
redis.call('PEXPIRE', position, position_ttl)
return {offset, epoch, page}
)lua";

inline constexpr auto verify = R"lua(
local position, log = KEYS[1], KEYS[2]
local new_epoch, position_ttl, seen_epoch, seen_offset, seen_id = unpack(ARGV)

local function has_seen()
  local id = seen_offset .. '-0'
  local entry = redis.call('XRANGE', log, id, id)[1]
  return not entry or seen_id == ''
         or entry[2][3] == 'i' and entry[2][4] == seen_id
end

local offset, epoch = read_position(position)
local is_sound = offset and fits(log, offset)
if is_sound and epoch == seen_epoch then
  is_sound = tonumber(seen_offset) <= offset and has_seen()
end
if not is_sound then
  offset, epoch = begin_epoch(position, log, new_epoch)
end
redis.call('PEXPIRE', position, position_ttl)
return {offset, epoch}
)lua";

inline constexpr auto remove = R"lua(
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('UNLINK', KEYS[2])
)lua";

} // namespace rookery::history_lua
