import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BadName } from '../../../../workers/platforms/platform.ts'
import { nameOf } from '../../../../workers/platforms/twitch/name.ts'

const test = suite('twitch/name')

test('finds the login in whatever a person types or pastes', () => {
  const typed = [
    'cool_channel',
    '  Cool_Channel ',
    '@cool_channel',
    '#cool_channel',
    'twitch.tv/cool_channel',
    'www.twitch.tv/Cool_Channel/',
    'https://www.twitch.tv/cool_channel?referrer=raid',
    'http://m.twitch.tv/cool_channel/videos',
    'https://twitch.tv/popout/cool_channel/chat?popout=',
    'https://www.twitch.tv/moderator/cool_channel',
    'HTTPS://TWITCH.TV/COOL_CHANNEL#chat',
    '<https://twitch.tv/cool_channel>',
    'https://go.twitch.tv/cool_channel',
    'https://dashboard.twitch.tv/u/cool_channel/stream-manager',
    'https://player.twitch.tv/?channel=cool_channel&parent=example.com',
    'https://player.twitch.tv/?parent=example.com&channel=cool_channel',
  ]
  for (const each of typed) assert.is(nameOf(each), 'cool_channel', each)
})

test('says what a right name looks like', () => {
  const wrong = [
    '',
    ' ',
    'two words',
    'käse',
    'a'.repeat(26),
    'https://example.com/cool_channel',
    'a,b',
    'x\r\nJOIN #y',
  ]
  const pages = ['https://www.twitch.tv/directory', 'twitch.tv/videos/1234567', 'https://dashboard.twitch.tv/settings']
  for (const each of [...wrong, ...pages, 'twitch.tv/', '@@x', '#', '../x'])
    assert.throws(
      () => nameOf(each),
      (error: unknown) => error instanceof BadName && /last part of twitch\.tv/.test(error.message),
      each,
    )
})

test.run()
