-- Extends the life of a position to which nothing was published. Returns 1 if
-- there is one, else 0. KEYS: position.

local position, empty_ttl = KEYS[1], ARGV[1]
local offset = read_position(position)
if offset ~= 0 then return 0 end
keep(position, offset, nil, empty_ttl)
return 1
