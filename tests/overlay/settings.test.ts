import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { readQuery, resolveSettings } from '../../overlay/settings.ts'
import type { OverlaySettings } from '../../server/protocol.ts'
import { DEFAULT_SETTINGS } from '../../server/protocol.ts'

const test = suite('overlay/settings')
const overrides = (search: string) => readQuery(search).overrides

test('reads every parameter of the address', () => {
  const search =
    '?theme=captions&size=40&max=12&life=20&platforms=kick,twitch&names=white&badges=none&nocmd=0&nobots=off&backlog=5&sim=no'
  assert.equal(overrides(search), {
    theme: 'captions',
    fontSize: 40,
    maxMessages: 12,
    lifetime: 20,
    platforms: ['kick', 'twitch'],
    nameColor: 'white',
    showBadges: 'none',
    hideCommands: false,
    hideBots: false,
    backlog: 5,
    simulated: false,
  })
  assert.equal(readQuery(search).remarks, [])
})

test('reads demo and debug', () => {
  assert.is(readQuery('?demo=live').demo, 'live')
  assert.is(readQuery('?demo=static&debug=1').demo, 'static')
  assert.ok(readQuery('?debug=1').debug)
  assert.not.ok(readQuery('?debug=0').debug)
  assert.is(readQuery('?demo=nonsense').demo, 'off')
})

test('clamps numbers that are out of range, and says so', () => {
  const query = readQuery('?size=9999&max=-3&life=1e9&backlog=21')
  assert.equal(query.overrides, { fontSize: 96, maxMessages: 1, lifetime: 600, backlog: 20 })
  assert.is(query.remarks.length, 4)
})

test('ignores what it does not know, and says so', () => {
  const query = readQuery(
    '?theme=%3Cscript%3E&size=big&sim=perhaps&platforms=%3C%3E&__proto__=1&constructor=2&layer-width=9',
  )
  assert.equal(query.overrides, {})
  assert.is(query.remarks.length, 7)
})

test('takes all platforms for `all` and for nothing', () => {
  assert.equal(overrides('?platforms=all'), { platforms: [] })
  assert.equal(overrides('?platforms='), { platforms: [] })
})

test('takes defaults, then what is stored, then the query', () => {
  const merged = resolveSettings({ fontSize: 30, maxMessages: 7 }, { fontSize: 50 })
  assert.equal(merged, { ...DEFAULT_SETTINGS, fontSize: 50, maxMessages: 7 })
})

test('falls back to defaults for stored values of another age', () => {
  const foreign: Record<string, unknown> = { theme: 'hologram', fontSize: 'huge', maxMessages: 5_000, glow: true }
  const merged = resolveSettings(foreign as Partial<OverlaySettings>, {})
  assert.equal(merged, { ...DEFAULT_SETTINGS, maxMessages: 100 })
})

test.run()
