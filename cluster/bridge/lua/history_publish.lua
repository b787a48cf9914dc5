-- Publishes, and appends to the history if there is one.
--
-- KEYS: position, log, and the stored result of the idempotency key, if there
-- is one.

local position, log, once = KEYS[1], KEYS[2], KEYS[3]
local name, new_epoch, kind, fields, data, id, size, log_ttl, position_ttl,
      result_ttl, run = unpack(ARGV)

if once then
  local first = ask('GET', once) or ''
  if first == '0:' then return {0, '', 1} end
  local offset, epoch = string.match(first, '^([1-9]%d*):(%w+)$')
  if number(offset) and #epoch == 8 then return {number(offset), epoch, 1} end
end

local function is_error(reply) return type(reply) == 'table' and reply.err end

-- Returns the text of an error as a fourth element if something has happened
-- nevertheless, e.g. if the user may write the keys but not the channel.
local function finish(offset, epoch, message)
  local saved = once
                and redis.pcall('SET', once,
                                string.format('%.0f:%s', offset, epoch), 'PX',
                                result_ttl)
  if is_error(saved) and offset == 0 then return saved end
  local reply = redis.pcall('PUBLISH', name, message)
  if is_error(reply) and once then redis.pcall('UNLINK', once) end
  if is_error(reply) and offset == 0 then return reply end
  return {offset, epoch, 0, is_error(reply) or is_error(saved) or nil}
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

-- Returns true if XADD failed because the log has later entries or is not a
-- stream.
local function contradicts(reply)
  local why = type(reply) == 'table' and reply.err or ''
  return string.find(why, '^WRONGTYPE')
         or string.find(why, '^ERR The ID specified in XADD')
         or string.find(why, '^ERR The stream has exhausted')
end

-- Returns true if Redis is another one than that in which the epoch began: it
-- has restarted or it was a replica, and it may have less than was published.
-- The run that the node knows may be outdated.
local function is_another_redis(born)
  if run == '' or run == born then return false end
  local info = redis.pcall('INFO', 'replication')
  if type(info) == 'string' then
    run = string.sub(string.match(info, 'master_replid:(%x+)') or run, 1, #run)
  end
  return run ~= born
end

-- Returns the earlier epochs after `epoch` has ended with offset `last`. Drops
-- those of which the log will have no entry after the next offset.
local function extend(earlier, epoch, last)
  local result = string.format('%s:%.0f', epoch, last)
  for name, its_last in each_earlier(earlier) do
    if tonumber(its_last) > last - tonumber(size) then
      result = result .. ' ' .. name .. ':' .. its_last
    end
  end
  return result
end

local top, epoch, born, earlier = read_position(position)
local offset, message, reply
local is_new = not top
if top then
  if is_another_redis(born) then
    epoch, earlier, is_new = new_epoch, extend(earlier, epoch, top), true
  end
  offset = top + 1
  message = envelope(offset, epoch)
  reply = append(offset, message)
end
if not top or contradicts(reply) then
  forget(position, log)
  offset, epoch, earlier, is_new = 1, new_epoch, '', true
  message = envelope(offset, epoch)
  reply = append(offset, message)
end
if type(reply) == 'table' then return reply end

redis.call('PEXPIRE', log, log_ttl)
if is_new then
  redis.call('HSET', position, 'o', offset, 'e', epoch, 'r', run, 'p', earlier)
else
  redis.call('HSET', position, 'o', offset)
end
redis.call('PEXPIRE', position, position_ttl)
return finish(offset, epoch, message)
