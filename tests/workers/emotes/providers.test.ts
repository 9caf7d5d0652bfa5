import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { bttv } from '../../../workers/emotes/bttv.ts'
import { MAX_SET } from '../../../workers/emotes/emote.ts'
import { ffz } from '../../../workers/emotes/ffz.ts'
import { providers } from '../../../workers/emotes/providers.ts'
import { sevenTv } from '../../../workers/emotes/seventv.ts'
import { seeded } from '../../../workers/random.ts'
import { damaged } from '../../help/payloads.ts'

const FOLDER = process.env.CROSSCHAT_FIXTURES ?? join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'fixtures')
const RECORDED = join(FOLDER, 'emotes-7tv-user.json')

const BTTV_CHANNEL = {
  id: 'b1',
  channelEmotes: [{ id: '5aaa', code: 'ownDance', imageType: 'gif', animated: true, userId: 'u' }],
  sharedEmotes: [
    { id: '5bbb', code: 'lentDance', imageType: 'png', user: { id: 'u2' } },
    { id: '5ccc', code: 'ownDance', imageType: 'png' },
  ],
}
const FFZ_ROOM = {
  room: {
    set: 7,
    mod_urls: { '1': 'https://cdn.frankerfacez.com/room-badge/mod/1', '2': '//cdn.frankerfacez.com/room-badge/mod/2' },
    vip_badge: { '1': 'https://elsewhere.example/vip' },
  },
  sets: {
    '7': {
      emoticons: [
        { id: 28_138, name: 'calmCat', urls: { '1': 'a', '2': 'b' }, animated: null },
        { id: 5, name: 'tinyCat', urls: { '1': 'a' }, animated: null },
        { id: 6, name: 'runningCat', urls: { '1': 'a', '2': 'b' }, animated: { '1': 'a', '2': 'b' } },
        { id: 7, name: 'catHat', urls: { '1': 'a' }, modifier: true, modifier_flags: 0 },
        { id: 8, name: 'turnRound', urls: { '1': 'a' }, modifier: true, modifier_flags: 3 },
      ],
    },
  },
}

const test = suite('emotes/providers')

test('reads a BTTV channel: its own emotes before those shared with it', () => {
  const emotes = bttv.readChannel(BTTV_CHANNEL)?.emotes
  assert.equal([...(emotes?.keys() ?? [])], ['ownDance', 'lentDance'])
  assert.equal(emotes?.get('ownDance'), {
    id: '5aaa',
    provider: 'bttv',
    url: 'https://cdn.betterttv.net/emote/5aaa/2x.webp',
  })
})

test('draws BTTV’s hats and weather over the emote before, and knows no modifiers', () => {
  const emotes = bttv.readGlobal([
    { id: 'a1', code: 'SantaHat' },
    { id: 'a2', code: 'plain' },
    { id: 'a3', code: 'w!', modifier: true },
  ])?.emotes
  assert.is(emotes?.get('SantaHat')?.zeroWidth, true)
  assert.not.ok('zeroWidth' in (emotes?.get('plain') ?? {}))
  assert.not.ok(emotes?.has('w!'))
})

test('reads an FFZ room: scales, moving ones, overlays, and pictures for badges from its own host alone', () => {
  const answer = ffz.readChannel(FFZ_ROOM)
  const urls = [...(answer?.emotes ?? [])].map(([word, { url }]) => [
    word,
    url.replace('https://cdn.frankerfacez.com/emote/', ''),
  ])
  assert.equal(urls, [
    ['calmCat', '28138/2'],
    ['tinyCat', '5/1'],
    ['runningCat', '6/animated/2.webp'],
    ['catHat', '7/1'],
  ])
  assert.is(answer?.emotes.get('catHat')?.zeroWidth, true)
  assert.equal([...(answer?.badges ?? [])], [['moderator/1', 'https://cdn.frankerfacez.com/room-badge/mod/2']])
})

test('takes of FFZ’s global sets only those that everybody has', () => {
  const sets = {
    '3': { emoticons: [{ id: 1, name: 'forAll', urls: {} }] },
    '4': { emoticons: [{ id: 2, name: 'forSome', urls: {} }] },
  }
  for (const default_sets of [[3], ['3'], [{ toString: 1 }, null, 3]])
    assert.equal([...(ffz.readGlobal({ default_sets, sets })?.emotes.keys() ?? [])], ['forAll'])
})

test('reads a recorded 7TV channel: every word once, zero-width ones marked, all from the one host', () => {
  if (!existsSync(RECORDED)) return console.log('skipped: emotes-7tv-user.json (no recordings)')
  const recorded = JSON.parse(readFileSync(RECORDED, 'utf8'))
  const answer = sevenTv.readChannel(recorded)
  const emotes = [...(answer?.emotes.values() ?? [])]
  const entries: { name: string; flags: number; data: { name: string } }[] = recorded.emote_set.emotes
  assert.is(entries.length, 837)
  assert.is(emotes.length, new Set(entries.map(({ name }) => name)).size)
  assert.is(emotes.filter(({ zeroWidth }) => zeroWidth).length, 36)
  assert.ok(emotes.every(({ url }) => /^https:\/\/cdn\.7tv\.app\/emote\/\w+\/2x\.webp$/.test(url)))
  const renamed = entries.find(({ name, data }) => name !== data.name)
  assert.ok(answer?.emotes.has(renamed?.name ?? ''))
  assert.is(answer?.set, recorded.emote_set.id)
})

test('knows 7TV’s two flags for zero-width apart from others', () => {
  const entry = (name: string, flags: number, design: number) => ({
    ...{ id: `id${name}`, name, flags },
    data: { flags: design, host: { files: [{ name: '1x.webp' }] } },
  })
  const set = { emotes: [entry('here', 1, 0), entry('born', 0, 257), entry('other', 2, 1)] }
  const emotes = sevenTv.readGlobal(set)?.emotes
  assert.equal(
    [...(emotes?.values() ?? [])].map(({ zeroWidth }) => zeroWidth === true),
    [true, true, false],
  )
})

test('gives a 7TV channel without a set, or with an empty one, no emotes; nonsense is no answer', () => {
  assert.is(sevenTv.readChannel({ emote_set: null })?.emotes.size, 0)
  assert.is(sevenTv.readChannel({ emote_set: { id: 'abc' } })?.emotes.size, 0)
  for (const provider of providers)
    for (const nonsense of [null, 'x', 5, {}, { emotes: 'x' }, { sets: [] }, { emote_set: 7 }]) {
      assert.is(provider.readGlobal(nonsense), null, `${provider.name} ${JSON.stringify(nonsense)}`)
      assert.is(provider.readChannel(nonsense), null, `${provider.name} ${JSON.stringify(nonsense)}`)
    }
})

test('leaves out ids that would lead elsewhere, and words that cannot stand alone', () => {
  const bad = ['../../x', 'a/b', 'x?y', '', 'é', 'a'.repeat(65), null, {}, 1.5]
  const words = ['', 'two words', 'tab\there', 'w'.repeat(101), null, 7]
  const list = [...bad.map((id) => ({ id, code: 'word' })), ...words.map((code) => ({ id: 'ok', code }))]
  assert.is(bttv.readGlobal(list)?.emotes.size, 0)
})

test('keeps no more of one set than a set may have', () => {
  const list = Array.from({ length: MAX_SET + 10 }, (_, i) => ({ id: `i${i}`, code: `w${i}` }))
  assert.is(bttv.readGlobal(list)?.emotes.size, MAX_SET)
})

test('asks each service only for channels of the platforms it knows', () => {
  const asked = ['twitch', 'kick', 'youtube', 'owncast'].map((service) =>
    providers.map((each) => each.channel(service, '7')),
  )
  assert.equal(asked, [
    ['/room/id/7', '/cached/users/twitch/7', '/users/twitch/7'],
    [undefined, undefined, '/users/kick/7'],
    [undefined, '/cached/users/youtube/7', '/users/youtube/7'],
    [undefined, undefined, undefined],
  ])
})

test('survives flags and names of which neither number nor text can be had', () => {
  const strange = { toString: 1 }
  const emoticons = [{ id: 7, name: 'catHat', urls: {}, modifier: true, modifier_flags: strange }]
  assert.ok(ffz.readChannel({ sets: { '7': { emoticons } } })?.emotes.has('catHat'))
  const before = new Map([['stays', { id: 's', provider: '7tv', url: 'https://cdn.7tv.app/emote/s/2x.webp' }]])
  const values = [{ old_value: { name: strange }, value: { name: strange } }]
  assert.equal(sevenTv.change?.(before, { pulled: values, pushed: values, updated: values }), before)
})

test('survives damaged answers of every service', () => {
  const random = seeded(7)
  const set = {
    id: 's',
    emotes: [{ id: 'e', name: 'n', flags: 1, data: { flags: 0, host: { files: [{ name: '2x.webp' }] } } }],
  }
  for (let i = 0; i < 3_000; i++) {
    for (const answer of [BTTV_CHANNEL, FFZ_ROOM, { emote_set: set }, set, BTTV_CHANNEL.sharedEmotes]) {
      for (const provider of providers)
        for (const read of [provider.readGlobal, provider.readChannel])
          for (const [word, emote] of read(damaged(answer, random))?.emotes ?? []) {
            assert.match(word, /^\S{1,100}$/)
            assert.match(
              emote.url,
              /^https:\/\/cdn\.(betterttv\.net|frankerfacez\.com|7tv\.app)\/emote\/[\w-]{1,64}\/(animated\/)?[\dx]+(\.webp)?$/,
            )
          }
    }
  }
})

test.run()
