import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { forMatching } from '../../workers/matching.ts'
import type { Draft, Message } from '../../workers/message.ts'
import { Repeats } from '../../workers/repeats.ts'
import { type Ruled, UNRULED } from '../../workers/ruled.ts'
import { hiddenBy, judge, prepareRules } from '../../workers/rules.ts'

const test = suite('rules')

function said(text: string, name = 'Noodle_Knight'): Draft & Pick<Message, 'author'> {
  const author = { id: '7', name, roles: [], badges: [] }
  return {
    kind: 'message',
    id: 'x:1',
    platform: 'x',
    at: 1,
    receivedAt: 1,
    author,
    parts: [{ type: 'text', text }],
    text,
  }
}
function under(rules: Partial<Ruled>, draft: Draft, repeats?: Repeats): string | undefined {
  const verdict = judge(draft, prepareRules({ ...UNRULED, ...rules }), repeats)
  return verdict && hiddenBy(verdict)
}

test('hides nothing without rules', () => {
  assert.is(under({}, said('!anything goes')), undefined)
})

test('hides a blocked word in any case, in the text or the name', () => {
  assert.is(under({ words: ['SpOiLeR'] }, said('huge spoilers ahead')), 'word')
  assert.is(under({ words: ['noodle'] }, said('hello')), 'word')
  assert.is(under({ words: ['spoiler'] }, said('spoil er')), undefined)
})

test('is not dodged by invisible characters, other forms of a letter or soft hyphens', () => {
  for (const dodge of ['spoi\u200bler', 'spoi\u00adler', 'ＳＰＯＩＬＥＲ', 's\u2060p\u034foiler', 'spoiler\u{e0001}']) {
    assert.is(under({ words: ['spoiler'] }, said(dodge)), 'word', dodge)
  }
})

test('hides a blocked user by name, login or id, with or without @', () => {
  for (const user of ['noodle_knight', '@NOODLE_KNIGHT', '7'])
    assert.is(under({ users: [user] }, said('hi')), 'user', user)
  assert.is(under({ users: ['noodle'] }, said('hi')), undefined, 'a part of a name is not the name')
})

test('hides commands and known bots only when asked to, and gives bots their role anyway', () => {
  assert.is(under({ commands: true }, said('!uptime')), 'command')
  assert.is(under({ commands: true }, said('wow!')), undefined)
  const bot = said('drop a follow', 'Nightbot')
  assert.is(under({}, bot), undefined)
  assert.equal(bot.author.roles, ['bot'])
  assert.is(under({ bots: true }, said('drop a follow', 'Nightbot')), 'bot')
})

test('looks at the words of a notice and leaves removals alone', () => {
  const notice: Draft = {
    kind: 'notice',
    what: 'resub',
    id: 'x:2',
    platform: 'x',
    at: 1,
    receivedAt: 1,
    text: 'Ola resubscribed',
    parts: [{ type: 'text', text: 'a spoiler' }],
  }
  assert.is(under({ words: ['spoiler'] }, notice), 'word')
  const remove: Draft = {
    kind: 'remove',
    target: { id: 'x:1' },
    by: 'platform',
    id: 'x:3',
    platform: 'x',
    at: 1,
    receivedAt: 1,
  }
  assert.is(under({ words: ['x'], users: ['x'] }, remove), undefined)
})

test('never hides everything because a rule is empty', () => {
  assert.is(under({ words: ['', ' ', '\u200b'], users: [''] }, said('hello')), undefined)
})

test('compares text in one form', () => {
  assert.is(forMatching('  ÉCOLE  '), forMatching('e\u0301cole'))
})

test('knows whole words by the letters, digits and marks of any script around them', () => {
  const whole = (text: string) => ({ words: [{ text, match: 'whole' as const, action: 'hide' as const }] })
  for (const text of ['an ass.', 'ASS', '¡ass!', 'ass-hat', '(ass)', '日 ass 本'])
    assert.is(under(whole('ass'), said(text)), 'word', text)
  for (const text of ['class', 'assist', 'ass1', 'ass_', 'ассass', 'ássass', 'ass\u{1d49c}', '\u{20000}ass'])
    assert.is(under(whole('ass'), said(text)), undefined, text)
  assert.is(under(whole(':('), said('oh :( no')), 'word', 'what is no word has its borders, too')
})

test('finds each of many words, also those that begin or end alike', () => {
  const words = ['he', 'she', 'hers', 'his', 'a b']
  for (const text of ['ushers', 'xhe', 'this', 'a b c']) assert.is(under({ words }, said(text, '_')), 'word', text)
  assert.is(under({ words }, said('ab hh ss', '_')), undefined)
})

test('costs by the length of the text and not by the number of words', () => {
  const alike = Array.from({ length: 500 }, (_, nth) => `${'a'.repeat(60)}${nth}`)
  const { words } = prepareRules({ ...UNRULED, words: alike })
  const text = 'a'.repeat(2_000)
  for (let nth = 0; nth < 10; nth++) assert.is(words.find(text), null)
  assert.ok(words.steps <= 10 * 2 * text.length, `${words.steps} steps`)
})

test('takes words for words and never for patterns', () => {
  assert.is(under({ words: ['(a+)+$'] }, said('a'.repeat(2_000))), undefined)
  assert.is(under({ words: ['(a+)+$'] }, said('x (a+)+$ y')), 'word')
  assert.is(under({ words: ['.*'] }, said('anything')), undefined)
})

test('is not dodged by strokes laid over, nor by borrowed letters within a word', () => {
  for (const dodge of ['s\u0336p\u0336o\u0336iler', 'sp\u043eiler', 'sp\u03bfil\u0435r', 'ｓpo\u0456ler'])
    assert.is(under({ words: ['spoiler'] }, said(dodge)), 'word', dodge)
  assert.is(
    under({ words: ['pac'] }, said('\u0440\u0430\u0441\u0441\u043a\u0430\u0437')),
    undefined,
    'a word of another language',
  )
  assert.is(under({ words: ['\u0440\u0430\u0441'] }, said('\u0440\u0430\u0441\u0441\u043a\u0430\u0437')), 'word')
})

const link = (url: string): Draft => ({ ...said(url), parts: [{ type: 'link', text: url, url }] }) as Draft

test('catches links, also those without a scheme, but to hosts that are allowed', () => {
  const links = { action: 'hide' as const, allow: ['example.org'] }
  assert.is(under({ links }, link('https://else.example/x')), 'link')
  for (const fine of ['https://example.org/a', 'https://www.example.org/'])
    assert.is(under({ links }, link(fine)), undefined)
  assert.is(under({ links }, link('https://notexample.org/')), 'link')
  assert.is(under({ links }, link('https://example.org.else.example/')), 'link')
  for (const bare of ['buy at cheap.shop', 'WWW.Cheap.COM!', 'see any.thing/here', 'x.cheap.com'])
    assert.is(under({ links }, said(bare)), 'link', bare)
  for (const none of ['well...ok', 'v1.2.3', 'index.html', 'it is.So be it', 'me@example.com', 'go to example.org now'])
    assert.is(under({ links }, said(none)), undefined, none)
  assert.is(under({ links }, said(`${'a.'.repeat(1_000)}`)), undefined)
})

test('catches capitals by their share, from so many letters on, and not those of emotes', () => {
  const caps = { action: 'hide' as const, share: 70, least: 10 }
  assert.is(under({ caps }, said('THIS IS GREAT!!')), 'caps')
  assert.is(under({ caps }, said('OMG WOW')), undefined, 'too short')
  assert.is(under({ caps }, said('This Is Great Fun')), undefined)
  const emotes = Array.from({ length: 5 }, () => ({
    type: 'emote' as const,
    text: 'POGGERS',
    id: '1',
    provider: 'x',
    url: 'https://x',
  }))
  assert.is(under({ caps }, { ...said('x'), parts: emotes } as Draft), undefined)
})

test('catches what one person says again, and nobody else’s', () => {
  const repeats = { action: 'hide' as const, within: 30 }
  const memory = new Repeats()
  const at = (seconds: number, text: string, id = '7') => {
    const draft = { ...said(text), receivedAt: seconds * 1_000 }
    draft.author.id = id
    return under({ repeats }, draft, memory)
  }
  assert.is(at(0, 'buy now'), undefined)
  assert.is(at(10, 'BUY  now\u200b'), 'repeat', 'also dressed up')
  assert.is(at(10, 'buy now', '8'), undefined, 'somebody else')
  assert.is(at(39, 'buy now'), 'repeat')
  assert.is(at(70, 'buy now'), undefined, 'long after')
})

test('remembers only so many texts', () => {
  const memory = new Repeats(10)
  for (let nth = 0; nth < 21; nth++) memory.note('a', String(nth), nth)
  assert.is(memory.note('a', '0', 50), null)
  assert.is(memory.note('a', '20', 50), 30)
})

test('catches emotes and emoji alone, and never what was paid for', () => {
  const emoteOnly = { action: 'hide' as const }
  const emote = { type: 'emote' as const, text: 'Kappa', id: '1', provider: 'x', url: 'https://x' }
  const made = (...parts: Message['parts']) => ({ ...said(parts.map(({ text }) => text).join('')), parts }) as Draft
  assert.is(under({ emoteOnly }, made(emote, { type: 'text', text: ' ' }, emote)), 'emotes')
  assert.is(under({ emoteOnly }, said('👩🏽‍🚀🇸🇪 ❤️')), 'emotes')
  assert.is(under({ emoteOnly }, said('gg 👍')), undefined)
  assert.is(under({ emoteOnly }, said('123')), undefined)
  assert.is(
    under({ emoteOnly }, { ...made(emote), money: { kind: 'bits', amount: 1, display: '1' } } as Draft),
    undefined,
  )
  assert.is(under({ emoteOnly }, said(`${'👩🏽'.repeat(500)}x`)), undefined)
})

test('hides a listed person by platform and id, and no namesake', () => {
  const people = [{ platform: 'x', authorId: '7' }]
  assert.is(under({ people }, said('hi')), 'user')
  assert.is(under({ people }, { ...said('hi'), platform: 'y' }), undefined)
  assert.is(under({ people: [{ platform: 'x', authorId: 'Noodle_Knight' }] }, said('hi')), undefined)
})

test('holds first messages, links, or everything that people say', () => {
  assert.is(under({ firstTimers: true }, { ...said('hi'), first: true } as Draft), 'held:first')
  assert.is(under({ firstTimers: true }, said('hi')), undefined)
  assert.is(under({ links: { action: 'hold', allow: [] } }, link('https://x.example/')), 'held:link')
  assert.is(under({ everything: true }, said('hi')), 'held:everything')
  const follow: Draft = {
    kind: 'notice',
    what: 'follow',
    id: 'x:9',
    platform: 'x',
    at: 1,
    receivedAt: 1,
    text: 'Ola follows',
  }
  assert.is(under({ everything: true }, follow), undefined, 'the platform’s own words')
})

test('lets what hides win over what holds, and holds nobody who may release', () => {
  const rules = {
    everything: true,
    words: [{ text: 'maybe', match: 'anywhere' as const, action: 'hold' as const }, 'never'],
  }
  assert.is(under(rules, said('maybe never')), 'word')
  assert.is(under(rules, said('maybe')), 'held:word')
  const mod = said('maybe')
  mod.author.roles.push('mod')
  assert.is(under(rules, mod), undefined)
  const rude = said('never')
  rude.author.roles.push('owner')
  assert.is(under(rules, rude), 'word', 'a word is hidden whoever says it')
})

test.run()
