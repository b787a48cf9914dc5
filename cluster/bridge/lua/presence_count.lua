-- Counts the entries and the users of a channel. ARGV: channel.

local channel = ARGV[first]
return {redis.call('HLEN', own_key(entry_keys .. channel, 'hash')),
        redis.call('HLEN', own_key(user_keys .. channel, 'hash'))}
