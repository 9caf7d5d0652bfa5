import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { escapeTag, MAX_PARAMS, nickOf, parseLine, trailingText } from '../../../../workers/platforms/twitch/irc.ts'

const test = suite('twitch/irc')

test('splits tags, prefix, command and parameters', () => {
  const line = parseLine('@a=1;b=two;flag :ana!ana@ana.example PRIVMSG #room :hello there')
  assert.equal(Object.fromEntries(line?.tags ?? []), { a: '1', b: 'two', flag: '' })
  assert.is(line?.prefix, 'ana!ana@ana.example')
  assert.is(line?.command, 'PRIVMSG')
  assert.equal(line?.params, ['#room', 'hello there'])
})

test('splits a tag at its first equals sign and the list before unescaping', () => {
  const line = parseLine('@k=a=b;s=x\\:y\\sz\\\\\\r\\n\\q;end=lone\\ PING')
  assert.is(line?.tags.get('k'), 'a=b')
  assert.is(line?.tags.get('s'), 'x;y z\\\r\nq')
  assert.is(line?.tags.get('end'), 'lone')
})

test('escapes what it unescapes', () => {
  const value = 'semi;colon back\\slash \r\n end\\'
  assert.is(parseLine(`@v=${escapeTag(value)} PING`)?.tags.get('v'), value)
})

test('keeps the last of a tag that comes twice', () => {
  assert.is(parseLine('@badges=vip/1;badges=bits/100 PING')?.tags.get('badges'), 'bits/100')
})

test('takes a tag called __proto__ as any other', () => {
  const line = parseLine('@__proto__=x;constructor=y PING')
  assert.is(line?.tags.get('__proto__'), 'x')
  assert.is(({} as Record<string, unknown>).x, undefined)
})

test('reads a line without tags or prefix, and one without a colon', () => {
  assert.equal(parseLine('PING')?.params, [])
  assert.equal(parseLine('PING :tmi.example')?.params, ['tmi.example'])
  assert.equal(parseLine(':srv.example CLEARMSG #room sup')?.params, ['#room', 'sup'])
  assert.equal(parseLine(':srv.example PRIVMSG #room :')?.params, ['#room', ''])
})

test('loses no word of a text that lacks its colon', () => {
  const line = parseLine('PRIVMSG #room three more words')
  assert.is(line && trailingText(line), 'three more words')
})

test('reads no more parameters than the protocol has and keeps the rest', () => {
  const words = Array.from({ length: 40 }, (_, n) => `w${n}`)
  const params = parseLine(`PING ${words.join(' ')}`)?.params ?? []
  assert.is(params.length, MAX_PARAMS)
  assert.is(params.join(' '), words.join(' '))
})

test('says no to what is not a line', () => {
  for (const text of ['', ' ', '@a=1', ':prefix-only', '@a=1 ', '{"a":1}', '<html>', 'PRIV-MSG #room :x', '12 x'])
    assert.is(parseLine(text), undefined, JSON.stringify(text))
})

test('finds the nick in every form of prefix', () => {
  assert.is(nickOf('ana!ana@ana.tmi.example'), 'ana')
  assert.is(nickOf('!ana@ana.tmi.example'), 'ana')
  assert.is(nickOf('ana@host.example'), 'ana')
  assert.is(nickOf('ana'), 'ana')
  assert.is(nickOf('tmi.example.tv'), '')
  assert.is(nickOf(''), '')
})

test.run()
