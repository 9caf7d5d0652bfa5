import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ChatEvent, ServerFrame } from '../../server/protocol.ts'
import { tell } from '../help/tell.ts'
import { MemoryShelf } from './disk.ts'
import { FileShelf } from './files.ts'
import { KINDS, type Position } from './history.ts'
import { FAULTS, FULLER_FROM } from './plan.ts'
import { Sums } from './sums.ts'
import { type Outcome, run } from './world.ts'

const test = suite('simulation')
const SEEDS = 120
const SEEDS_ON_FILES = 6
const SEEDS_FULLER = 20
/** Histories that found a fault once. */
const REMEMBERED = [
  9_056, 62, 116, 124, 198, 260, 498, 1_318, 10_136, 10_339, 10_343, 20_079, 500_185, 500_273, 500_360, 500_598,
  500_711, 500_752, 801_206, 801_500, 802_122, 803_489,
]
/** Seeds within which a planted fault must be found. */
const SOON = 60

test('loses, doubles, reorders and invents nothing, whatever breaks', async () => {
  const sums = new Sums()
  for (let seed = 1; seed <= SEEDS; seed++) sums.add(await run(seed))
  for (const seed of REMEMBERED) sums.add(await run(seed))
  for (let nth = 0; nth < SEEDS_FULLER; nth++) sums.add(await run(FULLER_FROM + nth))
  for (let seed = 1; seed <= SEEDS_ON_FILES; seed++) sums.add(await run(seed, { shelf: () => FileShelf.make() }))
  assert.equal(sums.failed, [])
  for (const fault of FAULTS) assert.ok(sums.faults[fault] > 0, fault)
  for (const kind of KINDS) assert.is(sums.found[kind], 0)
  tell(`simulation: ${sums.line}`)
})

test('is the same history again from the same seed', async () => {
  for (const plan of [{}, { blocked: 1 }]) {
    const [one, other] = [await run(7, { plan }), await run(7, { plan })]
    assert.is(told(one), told(other))
    assert.equal(one.faults, other.faults)
  }
})

test('finds a page that says it stands one further than it does, and names the seed', async () => {
  const place = (at: Position | null) => at && { ...at, seq: at.seq + 1 }
  for (const blocked of [0, 1]) {
    const plan = { stream: false, blocked }
    assert.ok((await firstFailing((seed) => run(seed, { place, plan }))) <= SOON)
  }
})

test('finds an archive that keeps twice what it is given twice, and names the seed', async () => {
  class Forgetful extends MemoryShelf {
    override async append(asks: Parameters<MemoryShelf['append']>[0]) {
      const answer = await super.append(asks)
      this.standing.clear()
      return answer
    }
  }
  const seed = await firstFailing((seed) => run(seed, { shelf: () => new Forgetful(), plan: { stream: true } }))
  assert.ok(seed <= SOON)
})

test('finds an archive that loses every fifth batch, and one that swaps two', async () => {
  class Losing extends MemoryShelf {
    #taken = 0
    override append(asks: Parameters<MemoryShelf['append']>[0]) {
      return ++this.#taken % 5 === 0 ? Promise.resolve({ messages: 0 }) : super.append(asks)
    }
  }
  class Swapping extends MemoryShelf {
    override async transcript(stream: string) {
      const [first, second, ...rest] = await super.transcript(stream)
      return first && second ? [second, first, ...rest] : []
    }
  }
  for (const Shelf of [Losing, Swapping])
    assert.ok((await firstFailing((seed) => run(seed, { shelf: () => new Shelf(), plan: { stream: true } }))) <= SOON)
})

test('finds a queue for moderators that forgets with a restart what was refused', async () => {
  class Forgetting extends MemoryShelf {
    override async open(asks: Parameters<MemoryShelf['open']>[0]) {
      const opened = await super.open(asks)
      return { ...opened, held: opened.held.filter(({ kind }) => kind === 'message') }
    }
  }
  const plan = { stream: true, ends: 0, moderates: 1, refuses: 0.4 }
  assert.ok((await firstFailing((seed) => run(seed, { shelf: () => new Forgetting(), plan }))) <= SOON)
})

test('finds a page that does not hear what is taken away', async () => {
  const deaf = (event: ChatEvent): ChatEvent =>
    event.kind === 'remove' ? { ...event, kind: 'clear', platform: 'nobody', by: 'platform' } : event
  const hear = (frame: ServerFrame): ServerFrame =>
    frame.type === 'events' ? { ...frame, events: frame.events.map(deaf) } : frame
  assert.ok((await firstFailing((seed) => run(seed, { hear, plan: { moderates: 1 } }))) <= SOON)
})

/** What came when, in one line; ids of the house's own events are not drawn from the seed. */
function told({ history }: Outcome): string {
  const own = (id: string) => (id.startsWith('crosschat:') ? 'own' : id)
  return history.order.map(({ seq, id, at }) => `${seq} ${own(id)} ${at}`).join()
}

async function firstFailing(history: (seed: number) => ReturnType<typeof run>): Promise<number> {
  for (let seed = 1; seed <= SOON; seed++) {
    const { findings } = await history(seed)
    if (findings.length > 0) return seed
  }
  return Number.POSITIVE_INFINITY
}

test.run()
