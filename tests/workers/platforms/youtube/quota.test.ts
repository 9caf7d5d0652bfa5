import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Ground } from '../../../../workers/platforms/platform.ts'
import { nextMidnightPacific } from '../../../../workers/platforms/youtube/pacific.ts'
import { Quota, Quotas, SEARCHES_A_DAY, SLOWEST_POLL_MS } from '../../../../workers/platforms/youtube/quota.ts'

const test = suite('youtube quota')
const HOUR = 3_600_000

function clocked(iso: string, settings: Record<string, string> = {}): { ground: Ground; pass(ms: number): void } {
  let now = Date.parse(iso)
  const ground = { settings, ms: (ms: number) => ms, now: () => now, steady: () => now, random: () => 0.5 }
  return {
    ground,
    pass: (ms) => {
      now += ms
    },
  }
}

for (const [now, midnight, why] of [
  ['2026-01-15T12:00:00Z', '2026-01-16T08:00:00Z', 'in winter'],
  ['2026-07-15T12:00:00Z', '2026-07-16T07:00:00Z', 'in summer'],
  ['2026-07-15T06:59:59.999Z', '2026-07-15T07:00:00Z', 'a moment before'],
  ['2026-07-15T07:00:00Z', '2026-07-16T07:00:00Z', 'at midnight itself: the next one'],
  // The clock goes forward on 8 March 2026 and back on 1 November 2026, each at 2 in the morning.
  ['2026-03-08T07:30:00Z', '2026-03-08T08:00:00Z', 'the evening before the clock goes forward'],
  ['2026-03-08T08:00:00Z', '2026-03-09T07:00:00Z', 'on the day of 23 hours'],
  ['2026-03-08T20:00:00Z', '2026-03-09T07:00:00Z', 'on the day of 23 hours, after the change'],
  ['2026-11-01T06:30:00Z', '2026-11-01T07:00:00Z', 'the evening before the clock goes back'],
  ['2026-11-01T07:00:00Z', '2026-11-02T08:00:00Z', 'on the day of 25 hours'],
  ['2026-11-01T09:30:00Z', '2026-11-02T08:00:00Z', 'in the hour that comes twice'],
  ['2026-12-31T20:00:00Z', '2027-01-01T08:00:00Z', 'over the end of the year'],
] as const) {
  test(`begins anew at midnight Pacific, ${why}`, () => {
    assert.is(new Date(nextMidnightPacific(Date.parse(now))).toISOString(), new Date(midnight).toISOString())
  })
}

test('counts units until midnight Pacific and then begins anew', () => {
  const { ground, pass } = clocked('2026-01-15T07:00:00Z')
  const quota = new Quota(ground)
  quota.spend(5)
  quota.spend(1)
  assert.equal(quota.report, { used: 6, limit: 10_000, resetsAt: Date.parse('2026-01-15T08:00:00Z') })
  pass(HOUR)
  assert.equal(quota.report, { used: 0, limit: 10_000, resetsAt: Date.parse('2026-01-16T08:00:00Z') })
})

test('is one count for all who use the same key', () => {
  const quotas = new Quotas(clocked('2026-01-15T07:00:00Z').ground)
  quotas.of('one').spend(5)
  assert.is(quotas.of('one').report.used, 5)
  assert.is(quotas.of('other').report.used, 0)
})

test('gives searches from a bucket of their own', () => {
  const { ground, pass } = clocked('2026-01-15T07:00:00Z')
  const quota = new Quota(ground)
  const asked = Array.from({ length: SEARCHES_A_DAY + 1 }, () => quota.search())
  assert.equal(asked, [...Array.from({ length: SEARCHES_A_DAY }, () => true), false])
  assert.is(quota.report.used, 0)
  pass(HOUR)
  assert.is(quota.search(), true)
})

test('stays closed until midnight Pacific once YouTube says that nothing is left, unless somebody opens it', () => {
  const { ground, pass } = clocked('2026-01-15T07:00:00Z')
  const quota = new Quota(ground)
  quota.close()
  assert.is(quota.closedFor, HOUR)
  assert.is(quota.report.used, 10_000)
  pass(HOUR)
  assert.is(quota.closedFor, 0)
  pass(HOUR)
  quota.close()
  quota.open()
  assert.is(quota.closedFor, 0)
})

test('rests for minutes only when YouTube refuses just after midnight Pacific, and counts on', () => {
  const { ground, pass } = clocked('2026-01-15T08:00:01Z')
  const quota = new Quota(ground)
  quota.spend(5)
  quota.close()
  assert.is(quota.closedFor, 5 * 60_000)
  assert.is(quota.report.used, 5)
  pass(HOUR - 1_001)
  quota.close()
  assert.is(quota.closedFor, 5 * 60_000)
  pass(1)
  quota.close()
  assert.is(quota.closedFor, 23 * HOUR)
  assert.is(quota.report.used, 10_000)
})

test('goes on from what was counted when somebody opens it, as often as it was closed', () => {
  const { ground, pass } = clocked('2026-01-15T12:00:00Z')
  const quota = new Quota(ground)
  const full = quota.floor
  quota.spend(5)
  quota.close()
  quota.close()
  assert.is(quota.floor, SLOWEST_POLL_MS)
  quota.open()
  assert.is(quota.report.used, 5)
  quota.open()
  assert.is(quota.report.used, 5)
  quota.close()
  pass(24 * HOUR)
  assert.is(quota.report.used, 0)
  quota.open()
  assert.equal([quota.report.used, quota.floor], [0, full])
})

test('lets chat be asked for the more seldom the less is left, and the more ask for it', () => {
  const quota = new Quota(clocked('2026-01-15T12:00:00Z').ground)
  quota.joined()
  const full = quota.floor
  assert.is(full, (4 * HOUR * 5) / 10_000)
  quota.spend(5_000)
  assert.is(quota.floor, 2 * full)
  quota.joined()
  assert.is(quota.floor, 4 * full)
  quota.spend(4_990)
  assert.is(quota.floor, SLOWEST_POLL_MS)
  quota.spend(100)
  assert.is(quota.floor, SLOWEST_POLL_MS)
  quota.left()
})

test('reckons with what a call costs by the settings, and with 5 where they say nothing', () => {
  assert.is(new Quota(clocked('2026-01-15T12:00:00Z', { youtubeListCost: '1' }).ground).listCost, 1)
  for (const youtubeListCost of ['', '0', '-1', 'many'])
    assert.is(new Quota(clocked('2026-01-15T12:00:00Z', { youtubeListCost }).ground).listCost, 5)
})

test.run()
