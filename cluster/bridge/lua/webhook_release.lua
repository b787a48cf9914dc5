-- Lets another node deliver. ARGV: node.

local is_ours = redis.call('GET', own_key(webhooks, 'string')) == ARGV[first]
return is_ours and redis.call('DEL', webhooks) or 0
