import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { nameOf } from '../../../../workers/platforms/kick/name.ts'
import { BadName } from '../../../../workers/platforms/platform.ts'

const test = suite('kick/name')

test('finds the slug in whatever a person types or pastes', () => {
  const typed = [
    'cool-channel',
    ' Cool_Channel ',
    '@cool_channel',
    'kick.com/cool-channel',
    'https://www.kick.com/cool-channel/videos/1?a=b#c',
    'https://kick.com/popout/cool-channel/chat',
    '<https://kick.com/cool-channel>',
  ]
  for (const each of typed) assert.is(nameOf(each), 'cool-channel', each)
})

test('says what a right name looks like', () => {
  const wrong = ['', 'two words', 'käse', '../x', 'a'.repeat(51), 'https://example.com/cool', 'https://kick.com/']
  const pages = ['https://kick.com/browse', 'kick.com/video/123', 'https://kick.com/category/music']
  for (const each of [...wrong, ...pages])
    assert.throws(
      () => nameOf(each),
      (error: unknown) => error instanceof BadName && /last part of kick\.com/.test(error.message),
      each,
    )
})

test.run()
