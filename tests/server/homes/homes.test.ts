import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Bus } from '../../../server/bus/bus.ts'
import { Entries, type Entry } from '../../../server/entries.ts'
import { Homes, type HomesParts, type Tenant } from '../../../server/homes/homes.ts'
import type { Passes } from '../../../server/homes/pass.ts'
import { NO_STATE, type SharedState } from '../../../server/homes/state.ts'
import type { Lease, Leases } from '../../../server/leases/leases.ts'
import { createLog } from '../../../server/log.ts'
import { NO_RULES } from '../../../workers/ruled.ts'

/** One channel between this node and another one, step by step. */

const test = suite('homes')

const LEASE: Lease = { channelId: 'c', fence: 7, before: null, sure: true }
const OTHER = { node: 'two', address: 'http://two', fence: 6 }
const PANIC: SharedState = { ...NO_STATE, stage: { featured: null, panic: true, slow: false } }

/** `tenants`: what each does when it is asked to take the channel up. */
function open(...tenants: ((nth: number) => Promise<void>)[]) {
  const entries = new Entries()
  const did: string[] = []
  const wakes = new Set<() => void>()
  const note = (what: string) => {
    did.push(what)
    for (const wake of wakes) wake()
  }
  const now = {
    lease: LEASE as Lease | null,
    home: null as typeof OTHER | null,
    state: null as SharedState | null,
    whileOpening() {},
  }
  const history = () => ({
    epoch: null,
    seq: 0,
    slices: [],
    ends: new Map(),
    state: now.state && JSON.stringify(now.state),
  })
  const bus: Partial<Bus> = {
    history: async () => history(),
    follow: async () => history(),
    begin: () => note('begun'),
    end: async () => note('ended'),
    tell: (_, state) => note(`told panic ${JSON.parse(state).stage.panic}`),
  }
  const leases: Partial<Leases> = {
    take: async () => now.home ?? LEASE,
    again: async () => now.home ?? LEASE,
    of: () => now.lease,
    release: async () => note('released'),
    listen() {},
  }
  const line = {
    async open(channelId: string): Promise<Entry> {
      const there = entries.get(channelId)
      if (there !== undefined) return there
      const claim = await homes.claim(channelId)
      const entry = entries.open(channelId, { ...NO_RULES, people: [] }, [], claim.seq)
      claim.opened(entry)
      return entry
    },
  }
  const asTenant = (act: (nth: number) => Promise<void>, nth: number): Tenant => {
    let asked = 0
    return {
      async takeUp() {
        note(`tenant ${nth}`)
        await act(++asked)
      },
      letGo: async () => note(`tenant ${nth} lets go`),
    }
  }
  const parts: HomesParts = {
    leases: leases as Leases,
    bus: bus as Bus,
    passes: {} as Passes,
    hub: {
      anew: () => note(`anew, panic ${homes.stateOf('c')?.stage.panic ?? 'of its own'}`),
      streamChanged() {},
      stageChanged() {},
      statusChanged() {},
      has: () => true,
    },
    line,
    ingest: {
      channel: (id) => entries.get(id),
      close: (id) => {
        const entry = entries.get(id)
        if (entry !== undefined) entries.close(entry)
      },
      entries: () => [],
    },
    streams: {
      async before() {
        now.whileOpening()
        return null
      },
      goOn() {},
      shown: () => ({ events: [], ends: new Map() }),
    },
    tenants: tenants.map(asTenant),
    heldAgain() {},
    state: () => NO_STATE,
    wanted: async () => [],
    log: createLog('silent'),
  }
  const homes = new Homes(parts)
  const until = async (what: string) => {
    while (!did.includes(what)) {
      await new Promise<void>((resolve) => {
        const wake = () => {
          wakes.delete(wake)
          resolve()
        }
        wakes.add(wake)
      })
    }
  }
  // What is tried again keeps no process alive.
  const alive = setInterval(() => {}, 60_000)
  return { homes, now, did, until, close: () => clearInterval(alive) }
}

test('asks again whoever could not take a channel up, and tells of it only when it is whole', async () => {
  const fails = async (nth: number) => {
    if (nth < 3) throw new Error('the database is just starting')
  }
  const { homes, did, until, close } = open(
    async () => {},
    fails,
    async () => {},
  )
  await homes.open('c')
  await until('told panic false')
  const tenants = did.filter((what) => what.startsWith('t'))
  assert.equal(tenants, ['tenant 0', 'tenant 1', 'tenant 2', 'tenant 1', 'tenant 1', 'told panic false'])
  close()
})

test('goes by what the home before said last, until a channel that was followed is taken up whole', async () => {
  let ready = () => {}
  const waits = new Promise<void>((resolve) => {
    ready = resolve
  })
  const { homes, now, did, until, close } = open(() => waits)
  Object.assign(now, { home: OTHER, state: PANIC })
  await homes.open('c')
  assert.is(homes.stateOf('c')?.stage.panic, true)
  now.home = null
  homes.heardState('c', JSON.stringify(PANIC))
  const opened = homes.elsewhere('c')
  await until('tenant 0')
  assert.equal(did, ['anew, panic true', 'begun', 'anew, panic true', 'tenant 0'])
  ready()
  assert.is(await opened, null)
  assert.is(homes.stateOf('c'), null)
  close()
})

test('leaves a channel whose lease was lost while it was being opened', async () => {
  const { homes, now, did, until, close } = open(async () => {})
  now.whileOpening = () => Object.assign(now, { lease: null, home: OTHER })
  await homes.open('c')
  await until('released')
  assert.equal(did.slice(0, 2), ['begun', 'anew, panic of its own'])
  assert.ok(did.indexOf('tenant 0 lets go') < did.indexOf('released'))
  close()
})

test.run()
