import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Entries } from '../../../server/entries.ts'
import { Losses } from '../../../server/homes/losses.ts'
import type { Holder, Lease } from '../../../server/leases/leases.ts'
import { createLog } from '../../../server/log.ts'
import { NO_RULES } from '../../../workers/ruled.ts'

const test = suite('homes/losses')

const LEASE: Lease = { channelId: 'c', fence: 7, before: null, sure: true }
const OTHER: Holder = { node: 'two', address: '', fence: 8 }

/** `answers`: of Redis, one after the other; null = it cannot be reached. */
function open(...answers: (Lease | Holder | null)[]) {
  const entries = new Entries()
  const entry = entries.open('c', { ...NO_RULES, people: [] }, [], 3)
  const did: string[] = []
  const history = { epoch: entry.epoch, seq: 3, slices: [], ends: new Map(), state: null }
  const losses = new Losses({
    leases: {
      again: async () => {
        did.push('asked')
        const answer = answers.shift() ?? null
        if (answer === null) throw new Error('Redis is away')
        return answer
      },
      release: async () => void did.push('released'),
    },
    bus: {
      history: async () => history,
      begin: ({ fence, seq }) => void did.push(`begun with ${fence} behind ${seq}`),
      end: async () => void did.push('ended'),
    },
    ingest: { channel: (id) => entries.get(id), close: () => entries.close(entry) },
    hub: { has: () => true },
    letGo: async () => void did.push('let go'),
    open: async () => void did.push('opened'),
    log: createLog('silent'),
  })
  return { losses, entry, did: () => did.splice(0) }
}

test('goes on with a new number where Redis had only forgotten', async () => {
  const { losses, did } = open(LEASE)
  await losses.lost('c')
  assert.equal(did(), ['asked', 'begun with 7 behind 3'])
})

test('leaves a channel to whoever has it, and shows it from there', async () => {
  const { losses, entry, did } = open(OTHER)
  let told = false
  entry.waiting.push({ seq: 4, resolve: () => (told = true) })
  await losses.lost('c')
  assert.equal(did(), ['asked', 'let go', 'ended', 'released', 'opened'])
  assert.ok(told, 'nobody waits any more for what does not come')
})

test('asks until it is known who has a channel, and no longer', async () => {
  const { losses, did } = open(null, null, LEASE)
  await losses.lost('c')
  await losses.askAgain()
  await losses.askAgain()
  assert.equal(did(), ['asked', 'asked', 'asked', 'begun with 7 behind 3'])
  await losses.askAgain()
  assert.equal(did(), [])
})

test('asks no more for a channel that is closed, nor when the server ends', async () => {
  const { losses, entry, did } = open(null, LEASE)
  await losses.lost('c')
  losses.close()
  await losses.lost(entry.id)
  await losses.askAgain()
  assert.equal(did(), ['asked'])
})

test.run()
