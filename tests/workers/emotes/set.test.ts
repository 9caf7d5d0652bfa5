import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Cache } from '../../../workers/emotes/cache.ts'
import type { EmoteMap } from '../../../workers/emotes/emote.ts'
import { Gate, Room } from '../../../workers/emotes/gate.ts'
import { EmoteSet, type SetOrder } from '../../../workers/emotes/set.ts'
import type { Watcher } from '../../../workers/emotes/seventv-events.ts'
import type { Ground } from '../../../workers/platforms/platform.ts'
import { temporaryData } from '../../help/server.ts'

/** A set whose service answers `{}`, which is read as the test says. */
interface Context {
  server: Server
  open(order: Pick<SetOrder, 'read' | 'change'>, changed?: () => void): EmoteSet
  flaws: string[]
  watcher: Watcher | undefined
  close(): Promise<void>
}

const EMOTES: EmoteMap = new Map([
  ['Lantern', { id: 'l', provider: 'made', url: 'https://cdn.7tv.app/emote/l/2x.webp' }],
])
/** Shortens the first pause after a failure, and no other wait. */
const shortened = (ms: number) => (ms <= 10_000 ? 1 : ms)
const GROUND: Ground = {
  settings: {},
  ms: shortened,
  now: Date.now,
  steady: () => performance.now(),
  random: () => 0.5,
}

const test = suite<Context>('emotes/set')

test.before.each(async (context) => {
  const data = await temporaryData()
  const cache = new Cache(data.path)
  const opened: EmoteSet[] = []
  context.server = createServer((_, response) => response.end('{}')).listen(0, '127.0.0.1')
  await once(context.server, 'listening')
  const address = `http://127.0.0.1:${(context.server.address() as AddressInfo).port}/set`
  context.flaws = []
  const watch = (_: string, watcher: Watcher) => {
    context.watcher = watcher
    return () => {}
  }
  const flaw = (...told: unknown[]) => context.flaws.push(told.join(': '))
  context.open = (order, changed = () => {}) => {
    const ends = { ground: GROUND, cache, gate: new Gate(1), room: new Room(10), live: { watch }, flaw }
    const set = new EmoteSet(
      { ...order, provider: 'made', address, file: 'made.json', mayBeUnknown: false },
      ends,
      changed,
    )
    opened.push(set)
    return set
  }
  context.close = async () => {
    for (const set of opened) set.stop()
    await cache.settled()
    context.server.closeAllConnections()
    context.server.close()
    await data.remove()
  }
})
test.after.each(({ close }) => close())

function flawed(): never {
  throw new TypeError('a flaw')
}

test('takes what cannot be read for no answer, tells of it, and asks again', async ({ open, flaws }) => {
  let asked = 0
  const read = () => (asked++ === 0 ? flawed() : { emotes: EMOTES })
  const taken = new Promise<void>((resolve) => void open({ read }, resolve).start())
  await taken
  assert.equal([flaws, asked], [['made: TypeError: a flaw'], 2])
})

test('keeps the set as it is when a change of it cannot be read, and tells of it', async (context) => {
  const set = context.open({ read: () => ({ emotes: EMOTES, set: 's1' }), change: flawed })
  await set.start()
  context.watcher?.changed({ pulled: [] })
  assert.equal([context.flaws, [...set.emotes.keys()]], [['made: TypeError: a flaw'], ['Lantern']])
})

test.run()
