import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { NO_RULES, type Rules } from '../../workers/control.ts'
import type { Draft, Message } from '../../workers/message.ts'
import { forMatching, judge, prepareRules } from '../../workers/rules.ts'

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
const under = (rules: Partial<Rules>, draft: Draft) => judge(draft, prepareRules({ ...NO_RULES, ...rules }))

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

test.run()
