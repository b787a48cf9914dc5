-- Deletes the publications and keeps the position. KEYS: position, log.

redis.call('PEXPIRE', KEYS[1], ARGV[1])
return redis.call('UNLINK', KEYS[2])
