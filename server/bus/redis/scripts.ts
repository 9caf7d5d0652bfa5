import { Script } from '../../redis/script.ts'

/** What the scripts of a home answer. */
export const DONE = 1
/** A higher fencing number was given: somebody else is the home, or may be. */
export const STALE = 0
/** What is to be added does not go on where the stream ends. */
export const GAP = 2
/** Redis knows nothing of this tenure's lease: it has lost data. */
export const FORGOTTEN = 3

const CHECKED = `
local meta = redis.call('HMGET', KEYS[1], 'fence', 'epoch', 'seq')
if meta[1] ~= ARGV[1] then
  if meta[1] and tonumber(meta[1]) > tonumber(ARGV[1]) then return {0, 0} end
  return {3, 0}
end
`

/**
 * KEYS meta stream, ARGV fence epoch from last. The stream goes on at `from`; where it already has more of this tenure, but no more than
 * there was, at its end.
 */
export const BEGIN = new Script(`${CHECKED}
local seq = tonumber(meta[3] or '-1')
if meta[2] == ARGV[2] and seq >= tonumber(ARGV[3]) and seq <= tonumber(ARGV[4]) then return {1, seq} end
if meta[2] and meta[2] ~= ARGV[2] then redis.call('HSET', KEYS[1], 'beforeEpoch', meta[2], 'beforeSeq', meta[3]) end
redis.call('HSET', KEYS[1], 'epoch', ARGV[2], 'seq', ARGV[3])
redis.call('XADD', KEYS[2], '*', 'begin', ARGV[2])
return {1, tonumber(ARGV[3])}
`)

/**
 * KEYS meta stream, ARGV fence epoch entries keep-ms, and of each slice: first last heads text. What the stream has already is passed over,
 * so that whoever does not know whether it was taken sends it again.
 */
export const APPEND = new Script(`${CHECKED}
local seq = tonumber(meta[3])
if meta[2] ~= ARGV[2] then return {2, -1} end
for i = 5, #ARGV, 4 do
  local first, last = tonumber(ARGV[i]), tonumber(ARGV[i + 1])
  if last > seq then
    if first ~= seq + 1 then return {2, seq} end
    redis.call('XADD', KEYS[2], '*', 'epoch', ARGV[2], 'heads', ARGV[i + 2], 'text', ARGV[i + 3])
    seq = last
    redis.call('HSET', KEYS[1], 'seq', ARGV[i + 1])
  end
end
redis.call('XTRIM', KEYS[2], 'MAXLEN', ARGV[3])
local time = redis.call('TIME')
redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000) - ARGV[4]))
return {1, seq}
`)

/** KEYS meta state, ARGV fence state forgotten-ms. */
export const TELL = new Script(`${CHECKED}
redis.call('XADD', KEYS[2], 'MAXLEN', 1, '*', 'state', ARGV[2])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
return {1, 0}
`)

/** KEYS meta stream state → the stream as it is, at one moment. */
export const HISTORY = new Script(`
local time = redis.call('TIME')
return {
  redis.call('HMGET', KEYS[1], 'epoch', 'seq', 'beforeEpoch', 'beforeSeq'),
  redis.call('XRANGE', KEYS[2], '-', '+'),
  redis.call('XREVRANGE', KEYS[3], '+', '-', 'COUNT', 1),
  string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000)),
}
`)
