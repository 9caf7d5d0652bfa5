import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { deciderOf, readQuery } from '../../overlay/query.ts'
import { decider, readSettings } from '../../overlay/settings.ts'
import { lookOf } from '../../server/look-themes.ts'

const test = suite('overlay/settings')
const read = (search: string) => readSettings(new URLSearchParams(search))

test('reads parameters of every kind', () => {
  const search =
    '?theme=captions&size=40&lh=1.6&platforms=kick,twitch&names=white&nocmd=0&nobots=off&sim=no&color=FF00aa&bg=transparent' +
    '&events=raid,sub&only=none&ext=all&hide=Ada,%20Bo%20Bo&width=0&life=20'
  assert.equal(read(search), {
    chosen: {
      theme: 'captions',
      fontSize: 40,
      lineHeight: 1.6,
      platforms: ['kick', 'twitch'],
      nameColor: 'white',
      hideCommands: false,
      hideBots: false,
      simulated: false,
      textColor: '#ff00aa',
      background: 'transparent',
      events: ['raid', 'sub'],
      onlyRoles: [],
      thirdPartyEmotes: ['7tv', 'bttv', 'ffz'],
      hideUsers: ['Ada', 'Bo Bo'],
      maxWidth: 0,
      lifetime: 20,
    },
    remarks: [],
  })
})

test('clamps numbers that are out of range, and says so', () => {
  const { chosen, remarks } = read('?size=9999&max=-3&life=1e9&backlog=21&width=90&lh=1.33')
  assert.equal(chosen, { fontSize: 96, maxMessages: 1, lifetime: 600, backlog: 20, maxWidth: 200, lineHeight: 1.35 })
  assert.is(remarks.length, 6)
})

test('ignores what it does not know, and says so', () => {
  const { chosen, remarks } = read(
    '?theme=%3Cscript%3E&size=big&sim=perhaps&platforms=%3C%3E&__proto__=1&constructor=2&layer-width=9&color=red&null=1&customCss=x',
  )
  assert.equal(chosen, {})
  assert.is(remarks.length, 10)
})

test('takes all platforms for `all` and for nothing', () => {
  assert.equal(read('?platforms=all').chosen, { platforms: [] })
  assert.equal(read('?platforms=').chosen, { platforms: [] })
})

test('keeps what is the page’s own apart from settings', async () => {
  assert.is(readQuery('?demo=live').demo, 'live')
  assert.ok(readQuery('?demo=static&debug=1').debug)
  assert.not.ok(readQuery('?debug=0').debug)
  assert.is(readQuery('?demo=nonsense').demo, 'off')
  const query = readQuery('?safe=1&build=abc&size=40')
  assert.equal([query.safe, query.reloadedFor], [true, 'abc'])
  const { decide, remarks } = await deciderOf(query)
  assert.is(decide(lookOf({ fontSize: 30, gap: 2 })).fontSize, 40)
  assert.is(decide(lookOf({ fontSize: 30, gap: 2 })).gap, 2)
  assert.equal(remarks, [])
})

test('puts the theme of the address below what was chosen, and its other settings above', () => {
  const decide = decider({ theme: 'captions', gap: 3 })
  const settings = decide(lookOf({ theme: 'neon', lineHeight: 1.9 }))
  assert.equal(
    [settings.theme, settings.lineHeight, settings.gap, settings.panelColor],
    ['captions', 1.9, 3, '#000000'],
  )
})

test.run()
