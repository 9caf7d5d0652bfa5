import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { silenceOf } from '../../../admin/state/silence.ts'
import type { SourceView } from '../../../server/protocol.ts'
import { about, followed, source } from '../source-views.ts'

const test = suite('admin/state/silence')
const ABOUTS = [about('red', 'Red'), about('blue', 'Blue'), about('green', 'Green')]
const silence = (...views: SourceView[]) => silenceOf(new Map(views.map((view) => [view.platform, view])), ABOUTS)

test('leads to the accounts while nothing is followed, by the names of the platforms', () => {
  const { icon, link } = silence(source('red'), source('blue'))
  assert.is(icon, 'connect')
  assert.is(link, 'Connect Red, Blue or Green')
})

test('says that nobody has written once one of the sources is connected', () => {
  const text = 'Connected. Nobody has written yet.'
  assert.is(silence(followed('red'), source('blue')).text, text)
  assert.is(silence(followed('red', { state: 'retry' }), followed('blue', { state: 'stale' })).text, text)
  assert.is(silenceOf(null, ABOUTS).text, text)
})

test('says what it waits for while none is connected', () => {
  assert.is(silence(followed('red', { state: 'waiting' })).text, 'Waiting for your broadcast to begin.')
  assert.is(silence(followed('red', { state: 'connecting' })).text, 'Connecting…')
})

test('leads to the accounts when all of them are lost or switched off', () => {
  const lost = silence(followed('red', { state: 'attention' }), followed('blue', { state: 'off', enabled: false }))
  assert.is(lost.link, 'Go to Accounts')
})

test.run()
