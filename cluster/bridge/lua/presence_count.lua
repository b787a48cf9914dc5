-- Counts the entries and the users of a channel. ARGV: channel.

local channel = ARGV[first]
local entries = own_key(of_channel(entry_keys, channel), 'hash')
local users = own_key(of_channel(user_keys, channel), 'hash')
return {redis.call('HLEN', entries), redis.call('HLEN', users)}
