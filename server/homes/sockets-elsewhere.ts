import { monotonic } from '../../workers/queue/layout.ts'
import type { Log } from '../log.ts'
import type { DockClient, OverlayClient } from '../protocol.ts'
import type { Link } from '../redis/link.ts'
import { listOf, textOf } from '../redis/reply.ts'
import { Script } from '../redis/script.ts'

/** How often each node tells the others, and how long what a silent one told still counts, ms. */
const TELL_EVERY_MS = 1_000
export const FORGOTTEN_MS = 5_000
/** Channels told of by one command, and overlays and docks of one channel that are named. */
const MAX_AT_ONCE = 100
const MAX_NAMED = 200

/**
 * KEYS sockets of each channel, ARGV node, ms that a word counts, and this node's word for each channel, '' = it has none → for each channel the
 * words of the others.
 */
const TELL = new Script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local all = {}
for i, key in ipairs(KEYS) do
  if ARGV[i + 2] == '' then
    redis.call('HDEL', key, ARGV[1])
  else
    redis.call('HSET', key, ARGV[1], string.format('%.0f ', now) .. ARGV[i + 2])
    redis.call('PEXPIRE', key, ARGV[2])
  end
  local others = {}
  local told = redis.call('HGETALL', key)
  for nth = 1, #told, 2 do
    local at, word = string.match(told[nth + 1], '^(%d+) (.*)$')
    if now - tonumber(at) > tonumber(ARGV[2]) then
      redis.call('HDEL', key, told[nth])
    elseif told[nth] ~= ARGV[1] then
      table.insert(others, word)
    end
  end
  all[i] = others
end
return all
`)

export interface Sockets {
  overlays: OverlayClient[]
  docks: DockClient[]
}

export interface SocketsHere {
  /** Channels that somebody listens to here, or that run here. */
  channels(): Iterable<string>
  of(channelId: string): Sockets
  /** Others are connected elsewhere than before. */
  changed(channelId: string): void
}

interface Heard extends Sockets {
  text: string
  at: number
}

const NONE: Sockets = { overlays: [], docks: [] }

/** The overlays and docks that are connected at the other nodes. What they tell is a second old; while Redis is away, it is soon forgotten. */
export class SocketsElsewhere {
  readonly #link: Pick<Link, 'run'>
  readonly #node: string
  readonly #log: Log
  readonly #heard = new Map<string, Heard>()
  #timer: NodeJS.Timeout | null = null
  #telling: Promise<void> | null = null

  constructor(link: Pick<Link, 'run'>, node: string, log: Log) {
    this.#link = link
    this.#node = node
    this.#log = log
  }

  begin(here: SocketsHere): void {
    this.#timer = setInterval(() => {
      this.#telling ??= this.tell(here)
        .catch((error: unknown) =>
          this.#log.debug({ err: error }, 'what is connected elsewhere is not known right now'),
        )
        .finally(() => {
          this.#telling = null
        })
    }, TELL_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer)
  }

  of(channelId: string): Sockets {
    return this.#heard.get(channelId) ?? NONE
  }

  /** Tells all of it once, and hears what the others told. */
  async tell(here: SocketsHere): Promise<void> {
    this.#forget(here)
    const channels = [...here.channels()]
    for (let from = 0; from < channels.length; from += MAX_AT_ONCE) {
      const some = channels.slice(from, from + MAX_AT_ONCE)
      const words = some.map((channelId) => wordOf(here.of(channelId)))
      const answer = await this.#link.run(TELL, some.map(nameOf), [this.#node, String(FORGOTTEN_MS), ...words])
      for (const [nth, others] of listOf(answer).entries()) {
        this.#take(some[nth] ?? '', listOf(others).map(textOf), here)
      }
    }
  }

  #take(channelId: string, words: string[], here: SocketsHere): void {
    const before = this.#heard.get(channelId)?.text ?? ''
    const text = words.join('\n')
    if (text === '') this.#heard.delete(channelId)
    else this.#heard.set(channelId, { ...together(words.map(read)), text, at: monotonic() })
    if (text !== before) here.changed(channelId)
  }

  /** Of channels that are nobody's here any more, too. */
  #forget(here: SocketsHere): void {
    const now = monotonic()
    for (const [channelId, { at }] of this.#heard) {
      if (now - at <= FORGOTTEN_MS) continue
      this.#heard.delete(channelId)
      here.changed(channelId)
    }
  }
}

function wordOf({ overlays, docks }: Sockets): string {
  if (overlays.length === 0 && docks.length === 0) return ''
  return JSON.stringify({ overlays: overlays.slice(0, MAX_NAMED), docks: docks.slice(0, MAX_NAMED) })
}

/** A node of another version may say less or more. */
function read(word: string): Sockets {
  const value: unknown = JSON.parse(word)
  return typeof value === 'object' && value !== null ? { ...NONE, ...value } : NONE
}

function together(all: Sockets[]): Sockets {
  return { overlays: all.flatMap(({ overlays }) => overlays), docks: all.flatMap(({ docks }) => docks) }
}

const nameOf = (channelId: string) => `crosschat:{${channelId}}:sockets`
