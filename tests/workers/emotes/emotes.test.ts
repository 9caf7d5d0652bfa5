import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { Emotes } from '../../../workers/emotes/emotes.ts'
import type { Author, Draft } from '../../../workers/message.ts'
import { platforms } from '../../../workers/platforms/index.ts'
import type { FindPictures, Ground, Platform } from '../../../workers/platforms/platform.ts'
import { textOf, words } from '../../../workers/words.ts'
import { temporaryData } from '../../help/server.ts'
import { Emotes as StandIn, type Told } from '../../help/stand-ins/emotes.ts'

interface Context {
  services: StandIn
  emotes: Emotes
  cacheDir: string
  /** What was told of as a flaw of ours. */
  flaws: string[]
  /** Another one on the same disk, as after a restart. */
  open(settings?: Record<string, string>, known?: readonly Platform[]): Emotes
  remove(): Promise<void>
}

/** Waits of minutes become fractions of a second, shorter ones stay long enough for a busy machine. */
const hasten = (ms: number) => Math.ceil(ms / (ms >= 60_000 ? 1_500 : 40))
const PROVIDERS = ['bttv', 'ffz', '7tv'] as const
const NOODLE: Author = { id: '7', name: 'Noodle_Knight', roles: [], badges: [] }

const test = suite<Context>('emotes')

test.before.each(async (context) => {
  const data = await temporaryData()
  const opened: Emotes[] = []
  context.services = await StandIn.start()
  context.cacheDir = data.path
  context.flaws = []
  context.open = (settings = context.services.settings, known = platforms) => {
    const ground: Ground = { settings, ms: hasten, now: Date.now, steady: () => performance.now(), random: Math.random }
    const emotes = new Emotes(known, ground, data.path, (...flaw) => context.flaws.push(flaw.join(': ')))
    opened.push(emotes)
    return emotes
  }
  context.emotes = context.open()
  context.remove = async () => {
    await Promise.all(opened.map((emotes) => emotes.close()))
    await context.services.close()
    await data.remove()
  }
})
test.after.each((context) => context.remove())

const order = (channel = 1, platform = 'twitch') => ({
  ...{ channel, platform, number: 1, name: 'cool_channel', options: {}, facts: {}, leftAt: null },
})

function message(text: string): Extract<Draft, { kind: 'message' }> {
  const parts = words(text)
  return { kind: 'message', id: 'twitch:1', platform: 'twitch', at: 1, receivedAt: 1, author: NOODLE, parts, text }
}

/** `word provider` of every emote in what was written. */
function seen(emotes: Emotes, text: string, channel = 1, platform = 'twitch'): string[] {
  const draft = message(text)
  emotes.dress(channel, platform, draft)
  assert.is(textOf(draft.parts), draft.text)
  return draft.parts.flatMap((part) => (part.type === 'emote' ? [`${part.text} ${part.provider}`] : []))
}

/** Follows, and waits until every set has come: one is asked for again only when the answer before is known. */
async function followed({ services, emotes }: Context, id = '1001', channel = 1): Promise<void> {
  const whose = ['global', `twitch/${id}`] as const
  const all = () => Promise.all(whose.flatMap((each) => PROVIDERS.map((name) => services.heard(name, each))))
  const first = all()
  emotes.follows({ order: order(channel), facts: { id } })
  await first
  await all()
}

test('knows a channel’s emotes before those for all, and FFZ before BTTV before 7TV', async (context) => {
  const { services, emotes } = context
  const steps = [
    ['7tv', 'global'],
    ['bttv', 'global'],
    ['ffz', 'global'],
    ['7tv', 'twitch/1001'],
    ['bttv', 'twitch/1001'],
    ['ffz', 'twitch/1001'],
  ] as const
  for (const [i, [provider, whose]] of steps.entries()) {
    services.give(
      provider,
      whose,
      Array.from({ length: 6 - i }, (_, n) => `w${n + i}`),
    )
  }
  await followed(context)
  const expected = ['w0 7tv', 'w1 bttv', 'w2 ffz', 'w3 7tv', 'w4 bttv', 'w5 ffz']
  assert.equal(seen(emotes, 'w0 w1 w2 w3 w4 w5'), expected)
  for (const [provider, whose] of steps) services.give(provider, whose, ['same'])
  await followed(context, '1001', 2)
  assert.equal(seen(emotes, 'same'), ['same ffz'])
})

test('gives a channel its own emotes and no other’s', async (context) => {
  const { services, emotes } = context
  services.give('7tv', 'twitch/1001', ['mine'])
  services.give('7tv', 'twitch/1002', ['theirs'])
  services.give('7tv', 'global', ['all'])
  await followed(context, '1001', 1)
  await followed(context, '1002', 2)
  assert.equal(seen(emotes, 'mine theirs all', 1), ['mine 7tv', 'all 7tv'])
  assert.equal(seen(emotes, 'mine theirs all', 2), ['theirs 7tv', 'all 7tv'])
  assert.equal(seen(emotes, 'mine theirs all', 1, 'kick'), [])
  assert.equal(seen(emotes, 'mine theirs all', 3), [])
})

test('dresses the words of a person in a notice, not its sentence', async (context) => {
  const { services, emotes } = context
  services.give('bttv', 'global', ['resubbed'])
  await followed(context)
  const text = 'Noodle_Knight resubbed'
  const base = { id: 'twitch:2', platform: 'twitch', at: 1, receivedAt: 1, author: NOODLE }
  const notice: Draft = { ...base, kind: 'notice', what: 'resub', text, parts: words('resubbed again') }
  const silent: Draft = { ...base, kind: 'notice', what: 'resub', text }
  const removal: Draft = { ...base, kind: 'remove', target: { id: 'twitch:1' }, by: 'platform' }
  for (const draft of [notice, silent, removal]) emotes.dress(1, 'twitch', draft)
  assert.equal(
    notice.parts?.map(({ type }) => type),
    ['emote', 'text'],
  )
  assert.is(notice.text, text)
  assert.not.ok('parts' in silent)
})

test('asks once for a channel that two follow, and lets go when the last one leaves', async (context) => {
  const { services, emotes } = context
  services.give('7tv', 'twitch/1001', ['ours'])
  await followed(context, '1001', 1)
  emotes.follows({ order: order(2), facts: { id: '1001' } })
  assert.equal(seen(emotes, 'ours', 2), ['ours 7tv'])
  emotes.leaves(order(1))
  assert.equal(seen(emotes, 'ours', 1), [])
  assert.equal(seen(emotes, 'ours', 2), ['ours 7tv'])
  emotes.leaves(order(2))
  emotes.leaves(order(2))
  assert.equal(seen(emotes, 'ours', 2), [])
})

test('waits for the channel’s id, and changes over when it is another one', async (context) => {
  const { services, emotes } = context
  services.give('7tv', 'global', ['all'])
  services.give('7tv', 'twitch/1001', ['first'])
  services.give('7tv', 'twitch/1002', ['second'])
  const global = services.heard('7tv', 'global')
  emotes.follows({ order: order(), facts: {} })
  await global
  assert.not.ok(services.asked.some((asked) => asked.includes('twitch')))
  await followed(context, '1001')
  assert.equal(seen(emotes, 'all first second'), ['all 7tv', 'first 7tv'])
  await followed(context, '1002')
  assert.equal(seen(emotes, 'all first second'), ['all 7tv', 'second 7tv'])
})

test('never puts an id into an address that could lead elsewhere', async ({ services, emotes }) => {
  const global = services.heard('7tv', 'global')
  emotes.follows({ order: order(), facts: { id: '../emote-sets/global?x=' } })
  await global
  assert.ok(services.asked.every((asked) => asked.includes('global')))
})

test('sees new and removed emotes without a restart, asking with the ETag', async (context) => {
  const { services, emotes } = context
  services.give('bttv', 'twitch/1001', ['older', 'stays'])
  await followed(context)
  await services.heard('bttv', 'twitch/1001')
  assert.ok(services.asked.includes('GET /bttv/cached/users/twitch/1001 304'))
  services.give('bttv', 'twitch/1001', ['newer', 'stays'])
  await services.heard('bttv', 'twitch/1001')
  await services.heard('bttv', 'twitch/1001')
  assert.equal(seen(emotes, 'older newer stays'), ['newer bttv', 'stays bttv'])
})

for (const trouble of ['errors', 'slow', 'garbage'] as const) {
  test(`keeps what it has while a service has trouble: ${trouble}`, async (context) => {
    const { services, emotes } = context
    services.give('ffz', 'twitch/1001', ['kept'])
    await followed(context)
    services.troubles[trouble]()
    services.give('ffz', 'twitch/1001', ['fresh'])
    await services.heard('ffz', 'twitch/1001')
    await services.heard('ffz', 'twitch/1001')
    assert.equal(seen(emotes, 'kept'), ['kept ffz'])
    services.troubles.well()
    await services.heard('ffz', 'twitch/1001')
    await services.heard('ffz', 'twitch/1001')
    assert.equal(seen(emotes, 'kept fresh'), ['fresh ffz'])
  })
}

test('takes a channel that a service no longer knows for one without emotes, and never so the set for all', async (context) => {
  const { services, emotes } = context
  services.give('bttv', 'twitch/1001', ['own'])
  services.give('bttv', 'global', ['all'])
  await followed(context)
  services.troubles.gone()
  for (const whose of ['twitch/1001', 'twitch/1001', 'global'] as const) await services.heard('bttv', whose)
  assert.equal(seen(emotes, 'own all'), ['all bttv'])
})

test('remembers its sets on the disk and has them again before any service answers', async (context) => {
  const { services, emotes, open, cacheDir } = context
  services.give('7tv', 'twitch/1001', ['own', { word: 'over', zeroWidth: true }])
  services.give('ffz', 'global', ['all'])
  await followed(context)
  await emotes.close()
  services.troubles.slow()
  const files = await readdir(join(cacheDir, 'emotes'))
  assert.ok(files.includes('7tv-twitch-1001.json') && files.includes('ffz-global.json'), files.join())
  const again = open()
  const asked = [services.heard('7tv', 'twitch/1001'), services.heard('ffz', 'global')]
  again.follows({ order: order(), facts: { id: '1001' } })
  await Promise.all(asked)
  const draft = message('own over all')
  again.dress(1, 'twitch', draft)
  const kinds = draft.parts.map((part) => (part.type === 'emote' ? [part.provider, part.zeroWidth] : part.text))
  assert.equal(kinds, [['7tv', undefined], ' ', ['7tv', true], ' ', ['ffz', undefined]])
})

test('reads the disk as if a stranger had written it', async (context) => {
  const { services, emotes, open, cacheDir } = context
  services.give('7tv', 'twitch/1001', ['own'])
  await followed(context)
  await emotes.close()
  const path = join(cacheDir, 'emotes', '7tv-twitch-1001.json')
  const address = `${services.settings.sevenTvUrl}/users/twitch/1001`
  const evil = [
    ['bad', 'x', 'https://elsewhere.example/x.webp'],
    ['worse', '../x', 'https://cdn.7tv.app/x'],
    ['good', 'x', 'https://cdn.7tv.app/emote/x/2x.webp'],
  ]
  services.troubles.errors()
  for (const text of ['', '{', '[]', '7', JSON.stringify({ v: 1, of: address, provider: '7tv', emotes: evil })]) {
    await writeFile(path, text)
    const again = open()
    const asked = services.heard('7tv', 'twitch/1001')
    again.follows({ order: order(), facts: { id: '1001' } })
    await asked
    assert.equal(seen(again, 'bad worse good own'), text.includes('good') ? ['good 7tv'] : [])
    await again.close()
  }
})

test('sees changes of a 7TV set at once, without asking again', async (context) => {
  const { services, emotes } = context
  services.give('7tv', 'twitch/1001', ['first', 'old', 'stays'])
  await followed(context)
  await services.watched('twitch/1001')
  const change = {
    pushed: [{ word: 'new', zeroWidth: true }],
    pulled: ['first'],
    renamed: [['old', 'renamed']],
  } as Told
  await services.told('twitch/1001', change)
  assert.equal(seen(emotes, 'first old stays new renamed'), ['stays 7tv', 'new 7tv', 'renamed 7tv'])
  await services.told('twitch/1002', { pushed: ['theirs'] })
  await services.told('twitch/1001', { pushed: ['../x', 'two words'] })
  assert.equal(seen(emotes, 'theirs ../x two words'), ['../x 7tv'])
})

test('asks anew for what it may have missed while the socket was lost', async (context) => {
  const { services, emotes } = context
  services.give('7tv', 'twitch/1001', ['before'])
  await followed(context)
  await services.watched('twitch/1001')
  await services.told('twitch/1001', { pulled: ['before'] })
  assert.equal(seen(emotes, 'before'), [])
  services.troubles.cut()
  await services.watched('twitch/1001')
  await services.heard('7tv', 'twitch/1001')
  await services.heard('7tv', 'twitch/1001')
  assert.equal(seen(emotes, 'before'), ['before 7tv'])
})

test('listens to no set that nobody follows', async (context) => {
  const { services, emotes } = context
  services.give('7tv', 'twitch/1001', ['own'])
  await followed(context)
  await services.watched('twitch/1001')
  const gone = services.unwatched('twitch/1001')
  emotes.leaves(order())
  await gone
})

test('pins pictures to badges: a service’s before the channel’s before those for all, and never over one that came along', async (context) => {
  const { services, cacheDir } = context
  const url = (name: string) => `https://cdn.frankerfacez.com/${name}`
  const room = { mod_urls: { '1': url('ffz') }, vip_badge: null }
  services.answer('ffz', 'twitch/1001', { room, sets: {} })
  const asked: (string | null)[] = []
  const known = { own: ['moderator/1', 'subscriber/0'], all: ['moderator/1', 'subscriber/0', 'vip/1'] }
  const find: FindPictures = async (channel) => {
    asked.push(channel)
    if (channel === null) return new Map(known.all.map((id) => [id, url('all')]))
    return new Map(known.own.map((id) => [id, url('own')]))
  }
  const pictured = platforms.map((platform) =>
    platform.about.id === 'twitch' ? { ...platform, pictures: () => find } : platform,
  )
  const ground = {
    settings: services.settings,
    ms: hasten,
    now: Date.now,
    steady: () => performance.now(),
    random: Math.random,
  }
  context.emotes = new Emotes(pictured, ground, cacheDir, () => {})
  await followed(context)
  const badges = ['moderator/1', 'subscriber/0', 'vip/1', 'bits/1'].map((id) => ({ id, label: id }))
  const draft = {
    ...message('hi'),
    author: { ...NOODLE, badges: [...badges, { id: 'vip/1', label: 'x', image: 'its own' }] },
  }
  context.emotes.dress(1, 'twitch', draft)
  const images = draft.author.badges.map((badge) => ('image' in badge ? badge.image : null))
  assert.equal(images, [url('ffz'), url('own'), url('all'), null, 'its own'])
  assert.equal(asked.map(String).sort(), ['1001', 'null'])
  await context.emotes.close()
})

test('takes pictures of badges that cannot be read for no answer, and tells of it', async (context) => {
  const { services, open, flaws } = context
  let asked = 0
  const again = new Promise<void>((resolve) => {
    const find: FindPictures = async () => {
      asked++
      if (asked < 3) throw new TypeError('a flaw')
      resolve()
      return new Map()
    }
    const pictured = platforms.map((platform) =>
      platform.about.id === 'twitch' ? { ...platform, pictures: () => find } : platform,
    )
    open(services.settings, pictured).follows({ order: order(), facts: {} })
  })
  await again
  assert.equal(flaws, ['twitch: TypeError: a flaw', 'twitch: TypeError: a flaw'])
})

test('goes on without addresses and for platforms that no service knows', ({ open }) => {
  const emotes = open({})
  emotes.follows({ order: order(), facts: { id: '1001' } })
  emotes.follows({ order: order(1, 'nowhere'), facts: { id: '1001' } })
  assert.equal(seen(emotes, 'anything'), [])
})

test.run()
