import { Script } from '../redis/script.ts'

/**
 * KEYS home meta born, ARGV node address lease-ms forgotten-ms born new-born → {1, fence, when the holder before was last alive}, {0, holder}, or {2, born}
 * when Redis was born anew since this node knows it.
 *
 * A fencing number is the next one, and at least the time: where Redis has lost what it knew, the numbers given before are still lower.
 */
export const TAKE = new Script(`
local born = redis.call('GET', KEYS[3])
if not born then
  born = ARGV[6]
  redis.call('SET', KEYS[3], born)
end
if born ~= ARGV[5] then return {2, born} end
local holder = redis.call('GET', KEYS[1])
if holder then return {0, holder} end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local fence = string.format('%.0f', math.max(tonumber(redis.call('HGET', KEYS[2], 'fence') or '0') + 1, now))
redis.call('SET', KEYS[1], fence .. ' ' .. ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
local alive = redis.call('HGET', KEYS[2], 'alive') or ''
redis.call('HSET', KEYS[2], 'fence', fence, 'alive', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return {1, fence, alive}
`)

/**
 * KEYS home meta stream state of each lease, ARGV node address lease-ms forgotten-ms and the fence of each → 1 for each that still holds.
 *
 * One that had run out holds again when no newer number was given: nobody has had it in between.
 */
export const RENEW = new Script(`
local held = {}
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
for i = 5, #ARGV do
  local at = (i - 5) * 4
  local home, meta, stream, state = KEYS[at + 1], KEYS[at + 2], KEYS[at + 3], KEYS[at + 4]
  if redis.call('HGET', meta, 'fence') == ARGV[i] then
    redis.call('SET', home, ARGV[i] .. ' ' .. ARGV[1] .. ' ' .. ARGV[2], 'PX', ARGV[3])
    redis.call('HSET', meta, 'alive', now)
    redis.call('PEXPIRE', meta, ARGV[4])
    redis.call('PEXPIRE', stream, ARGV[4])
    redis.call('PEXPIRE', state, ARGV[4])
    held[i - 4] = 1
  else
    held[i - 4] = 0
  end
end
return held
`)

/** KEYS homes, ARGV ms → for each '' when nobody has it, what stands there when less than so much of it is left, and else 0. */
export const LOOK = new Script(`
local all = {}
for i, home in ipairs(KEYS) do
  local left = redis.call('PTTL', home)
  if left == -2 then
    all[i] = ''
  elseif left < tonumber(ARGV[1]) then
    all[i] = redis.call('GET', home) or ''
  else
    all[i] = 0
  end
end
return all
`)

/** KEYS homes, ARGV ms and what stands there → 1 for each that is free now: nobody has renewed it meanwhile. */
export const TAKE_AWAY = new Script(`
local free = {}
for i, home in ipairs(KEYS) do
  local holder = redis.call('GET', home)
  if holder == ARGV[i + 1] and redis.call('PTTL', home) < tonumber(ARGV[1]) then
    redis.call('DEL', home)
    holder = false
  end
  free[i] = holder and 0 or 1
end
return free
`)

/** KEYS home, ARGV how what stands there begins while it is ours. */
export const RELEASE = new Script(`
local holder = redis.call('GET', KEYS[1])
if holder and string.sub(holder, 1, #ARGV[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`)
