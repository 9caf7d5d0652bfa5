import type { House } from './house.ts'
import type { Node } from './node.ts'

/** One kind of fault of a house with several nodes. */
export interface Kind {
  name: string
  /** How long it lasts, ms: from … to. */
  lastsMs: readonly [number, number]
  /** Whether it hits one node, whose channels others then take. */
  ofNode: boolean
  begin(house: House, node: Node): Promise<unknown>
  end(house: House, node: Node): Promise<unknown>
}

/** Longer than a lease. */
const LONG_MS = [7_000, 15_000] as const
const SHORT_MS = [1_000, 6_000] as const

export const KINDS: readonly Kind[] = [
  {
    name: 'a node is killed',
    lastsMs: SHORT_MS,
    ofNode: true,
    begin: (_, node) => node.end('SIGKILL'),
    end: (_, node) => node.start(),
  },
  {
    name: 'a node stands still',
    lastsMs: LONG_MS,
    ofNode: true,
    begin: async (_, node) => node.pause(),
    end: async (_, node) => node.goOn(),
  },
  {
    name: 'a node is started anew',
    lastsMs: [0, 0],
    ofNode: true,
    begin: (_, node) => node.end('SIGTERM'),
    end: (_, node) => node.start(),
  },
  {
    name: 'a node is cut off',
    lastsMs: LONG_MS,
    ofNode: true,
    begin: async (_, node) => node.cut(true),
    end: async (_, node) => node.cut(false),
  },
  {
    name: 'Redis is killed',
    lastsMs: SHORT_MS,
    ofNode: false,
    begin: ({ redis }) => redis.kill(),
    end: ({ redis }) => redis.begin(),
  },
  {
    name: 'PostgreSQL crashes',
    lastsMs: SHORT_MS,
    ofNode: false,
    begin: ({ postgres }) => postgres.crash(),
    end: ({ postgres }) => postgres.start(),
  },
]

/** Each kind whose name has the word once a round, in an order of its own; nodes in turn. */
export function* inTurn(
  random: () => number,
  nodes: readonly Node[],
  only: string,
): Generator<{ kind: Kind; node: Node }> {
  const kinds = KINDS.filter(({ name }) => name.includes(only))
  if (kinds.length === 0)
    throw new Error(`No fault has "${only}" in its name. There are: ${KINDS.map(({ name }) => name).join(', ')}.`)
  for (let nth = 0; ; ) {
    const round = kinds.map((kind) => ({ kind, place: random() })).sort((one, other) => one.place - other.place)
    for (const { kind } of round) {
      const node = nodes[nth % nodes.length]
      if (node === undefined) throw new RangeError('There is no node to hit.')
      yield { kind, node }
      if (kind.ofNode) nth++
    }
  }
}
