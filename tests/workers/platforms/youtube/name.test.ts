import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { BadName } from '../../../../workers/platforms/platform.ts'
import { nameOf } from '../../../../workers/platforms/youtube/name.ts'

const test = suite('youtube name')

const ID = 'UCabcdefghij_klmnopq-123'
const VIDEO = 'video:a1b2C3d4E5_'
const HANDLE = '@noodle_knight'

for (const [typed, name] of [
  [ID, ID],
  [` ${ID} `, ID],
  ['Noodle_Knight', HANDLE],
  ['@Noodle_Knight', HANDLE],
  ['@nudel.käse·9', '@nudel.käse·9'],
  ['@%E9%BA%BA%E9%BA%BA%E9%BA%BA', '@麺麺麺'],
  [VIDEO, VIDEO],
  ['https://www.youtube.com/@Noodle_Knight', HANDLE],
  ['https://www.youtube.com/@Noodle_Knight/live', HANDLE],
  ['https://www.youtube.com/@Noodle_Knight/streams?view=2', HANDLE],
  ['youtube.com/@Noodle_Knight/', HANDLE],
  ['http://m.youtube.com/@Noodle_Knight', HANDLE],
  ['HTTPS://WWW.YOUTUBE.COM/@Noodle_Knight', HANDLE],
  ['https://www.youtube.com/c/Noodle_Knight', HANDLE],
  ['https://www.youtube.com/user/Noodle_Knight/about', HANDLE],
  ['https://www.youtube.com/Noodle_Knight', HANDLE],
  ['https://youtube.com/%40Noodle_Knight', HANDLE],
  [`https://www.youtube.com/channel/${ID}`, ID],
  [`https://www.youtube.com/channel/${ID}/live`, ID],
  [`https://studio.youtube.com/channel/${ID}/livestreaming`, ID],
  [`https://www.youtube.com/embed/live_stream?channel=${ID}`, ID],
  ['https://www.youtube.com/watch?v=a1b2C3d4E5_', VIDEO],
  ['https://www.youtube.com/watch?app=desktop&v=a1b2C3d4E5_&t=12s', VIDEO],
  ['https://music.youtube.com/watch?v=a1b2C3d4E5_', VIDEO],
  ['https://www.youtube.com/live/a1b2C3d4E5_?si=xYz&feature=share', VIDEO],
  ['https://youtu.be/a1b2C3d4E5_?si=xYz', VIDEO],
  ['youtu.be/a1b2C3d4E5_', VIDEO],
  ['https://www.youtube.com/embed/a1b2C3d4E5_', VIDEO],
  ['https://www.youtube-nocookie.com/embed/a1b2C3d4E5_', VIDEO],
  ['https://www.youtube.com/shorts/a1b2C3d4E5_', VIDEO],
  ['https://www.youtube.com/live_chat?is_popout=1&v=a1b2C3d4E5_', VIDEO],
  ['https://www.youtube.com/live_chat?v=a1b2C3d4E5_&is_popout=1', VIDEO],
  ['https://studio.youtube.com/video/a1b2C3d4E5_/livestreaming', VIDEO],
  ['<https://youtu.be/a1b2C3d4E5_>', VIDEO],
] as const) {
  test(`understands ${typed}`, () => {
    assert.is(nameOf(typed), name)
  })
}

for (const typed of [
  '',
  ' ',
  '@',
  'ab',
  'two words',
  'video:',
  'video:short',
  'video:a1b2C3d4E5_/../x',
  'https://www.youtube.com/',
  'https://www.youtube.com/feed/subscriptions',
  'https://www.youtube.com/results?search_query=noodles',
  'https://www.youtube.com/playlist?list=PLabc',
  'https://www.youtube.com/watch?v=short',
  'https://www.youtube.com/watch',
  'https://www.youtube.com/channel/UCshort',
  'https://example.com/@noodle_knight',
  'https://youtube.com.example.com/@noodle_knight',
  'https://www.twitch.tv/cool_channel',
  `@${'x'.repeat(31)}`,
  '@noodle/../knight',
  '@noodle?x=1',
]) {
  test(`says what a right name is for ${JSON.stringify(typed)}`, () => {
    assert.throws(
      () => nameOf(typed),
      (error: unknown) => error instanceof BadName && /@handle/.test(error.message),
    )
  })
}

test.run()
