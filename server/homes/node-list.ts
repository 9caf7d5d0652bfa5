import { monotonic } from '../../workers/queue/layout.ts'
import type { NodeFigures } from '../api/nodes.ts'
import type { Log } from '../log.ts'
import type { Link } from '../redis/link.ts'
import { listOf, textOf } from '../redis/reply.ts'
import { Script } from '../redis/script.ts'

/** After so long without a word a node counts as silent, and after so long it is forgotten, ms. */
export const SILENT_MS = 5_000
export const FORGOTTEN_MS = 60_000
/** Nodes that are listed at most. */
const MAX_NODES = 100

const KEY = 'crosschat:nodes'

/** KEYS nodes, ARGV node, ms after which one is forgotten, and this node's word → of each other one its name, its word, and how old that is. */
const TELL = new Script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f ', now) .. ARGV[3])
redis.call('PEXPIRE', KEYS[1], ARGV[2])
local others = {}
local told = redis.call('HGETALL', KEYS[1])
for nth = 1, #told, 2 do
  local at, word = string.match(told[nth + 1], '^(%d+) (.*)$')
  local age = now - tonumber(at)
  if age > tonumber(ARGV[2]) then
    redis.call('HDEL', KEYS[1], told[nth])
  elseif told[nth] ~= ARGV[1] then
    table.insert(others, {told[nth], word, age})
  end
end
return others
`)

/** What a node tells of itself; `address`: where the others reach it. */
export interface NodeWord extends NodeFigures {
  address: string
}

export interface HeardNode {
  id: string
  word: NodeWord
  /** When it said so, on the clock that never jumps, ms. */
  at: number
}

/** The nodes that share one Redis. Each tells the others how it is; while Redis is away, they become silent to each other. */
export class NodeList {
  readonly #link: Pick<Link, 'run' | 'ask'>
  readonly #node: string
  readonly #log: Log
  #heard: HeardNode[] = []
  /** How long Redis took to answer, ms; null = it did not. */
  answered: number | null = null

  constructor(link: Pick<Link, 'run' | 'ask'>, node: string, log: Log) {
    this.#link = link
    this.#node = node
    this.#log = log
  }

  get id(): string {
    return this.#node
  }

  /** Without this one. */
  get others(): readonly HeardNode[] {
    const now = monotonic()
    return this.#heard.filter(({ at }) => now - at <= FORGOTTEN_MS)
  }

  /** Tells the others, and hears what they told. Never rejects. */
  async tell(word: NodeWord): Promise<void> {
    const asked = monotonic()
    try {
      const args = [this.#node, String(FORGOTTEN_MS), JSON.stringify(word)]
      const told = listOf(await this.#link.run(TELL, [KEY], args))
      const now = monotonic()
      this.answered = now - asked
      this.#heard = told.slice(0, MAX_NODES).map((each) => {
        const [id, text, age] = listOf(each)
        return { id: textOf(id), word: read(textOf(text)), at: now - Number(age) }
      })
    } catch (error) {
      this.answered = null
      this.#log.debug({ err: error }, 'the other nodes are not heard right now')
    }
  }

  /** It goes, and says so. */
  async leave(): Promise<void> {
    await this.#link.ask(['HDEL', KEY, this.#node]).catch((error: unknown) => {
      // It is forgotten by and by.
      this.#log.debug({ err: error }, 'the other nodes are not told that this one goes')
    })
  }
}

const NOTHING: NodeWord = {
  address: '',
  version: '',
  startedAt: 0,
  unready: [],
  channels: 0,
  sockets: 0,
  eventsPerSecond: 0,
  cpu: 0,
  memory: 0,
  redis: null,
  database: null,
  lastError: null,
  platforms: [],
}

/** A node of another version may say less or more. */
function read(text: string): NodeWord {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? { ...NOTHING, ...value } : NOTHING
}
