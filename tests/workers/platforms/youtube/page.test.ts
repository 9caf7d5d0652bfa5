import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { chatPage, continuationOf, livePage } from '../../../../workers/platforms/youtube/page.ts'
import { chatPage as chatHtml, livePage as liveHtml } from '../../../help/stand-ins/youtube-answers.ts'
import { Room } from '../../../help/stand-ins/youtube-room.ts'

const test = suite('youtube page')
const CHANNEL = `UC${'n'.repeat(22)}`

function room(title = 'Noodles at midnight'): Room {
  const made = new Room(CHANNEL)
  made.begin({ video: 'a1b2C3d4E5_', title })
  return made
}

test('finds the video that a channel shows, and who shows it', () => {
  assert.equal(livePage(liveHtml(room())), {
    video: 'a1b2C3d4E5_',
    live: true,
    title: 'Noodles at midnight',
    channel: { id: CHANNEL, title: 'Cool Channel', avatar: undefined },
  })
})

test('finds the channel where nothing is on air', () => {
  assert.equal(livePage(liveHtml(new Room(CHANNEL))), {
    video: null,
    live: undefined,
    title: undefined,
    channel: { id: CHANNEL, title: 'Cool Channel', avatar: 'https://yt3.ggpht.com/cool=s88' },
  })
})

test('finds the video without a canonical link, by what the player plays', () => {
  const html = '<script>x = {"videoDetails":{"videoId":"a1b2C3d4E5_","title":"A \\"title\\"","author":"Cool"}}</script>'
  const page = livePage(html)
  assert.equal(
    [page?.video, page?.live, page?.title, page?.channel.title],
    ['a1b2C3d4E5_', undefined, 'A "title"', 'Cool'],
  )
})

test('knows a broadcast that has not begun', () => {
  for (const sign of ['"isLiveNow":false', '"isUpcoming":true']) {
    const html = `<link href="https://www.youtube.com/watch?v=a1b2C3d4E5_" rel="canonical">{${sign}}`
    assert.equal(livePage(html)?.live, false)
  }
})

test('takes the picture of the channel from the page of a video, and only from YouTube’s own hosts', () => {
  const page = (url: string) =>
    livePage(
      `<link rel="canonical" href="https://www.youtube.com/watch?v=a1b2C3d4E5_">"videoOwnerRenderer":{"thumbnail":{"thumbnails":[{"url":"${url}"`,
    )?.channel.avatar
  assert.is(page('https://yt3.ggpht.com/abc=s48'), 'https://yt3.ggpht.com/abc=s48')
  assert.is(page('https://example.com/abc.png'), undefined)
})

test('reads signs that HTML writes in another way', () => {
  const html = `<link rel="canonical" href="https://www.youtube.com/channel/${CHANNEL}"><meta property="og:title" content="Noodle &amp; Knight &lt;3 &#39;x&#39;">`
  assert.is(livePage(html)?.channel.title, "Noodle & Knight <3 'x'")
})

test('makes nothing of a page that is neither', () => {
  for (const html of ['', '<html>', 'Before you continue', `<link rel="canonical" href="https://www.youtube.com/">`])
    assert.is(livePage(html), null)
})

test('finds both ways to go on with a chat, and what was written before', () => {
  const { broadcast } = room('</script> & }; "quoted"')
  if (broadcast === null) throw new Error('No broadcast.')
  const page = chatPage(chatHtml(broadcast))
  assert.equal([page?.top, page?.all], ['a1b2C3d4E5_ top from-0', 'a1b2C3d4E5_ all'])
  assert.match(page?.initial ?? '', /^\{"contents":\{"liveChatRenderer":/)
})

test('finds the one way where the page offers no choice', () => {
  const renderer = { continuations: [{ invalidationContinuationData: { continuation: 'on' } }] }
  const html = `<script>var ytInitialData = ${JSON.stringify({ contents: { liveChatRenderer: renderer } })};</script><p>}`
  const page = chatPage(html)
  assert.equal([page?.top, page?.all], ['on', undefined])
})

test('finds no chat where there is none, or only a replay of one', () => {
  const replay = { continuations: [{ liveChatReplayContinuationData: { continuation: 'past' } }] }
  for (const html of [
    '<script>ytInitialData = {"contents":{"messageRenderer":{}}};</script>',
    `<script>ytInitialData = ${JSON.stringify({ contents: { liveChatRenderer: replay } })};</script>`,
  ])
    assert.is(chatPage(html), null)
})

test('tells a page without a chat from one that cannot be read', () => {
  for (const html of ['', '<script>ytInitialData = {"contents":', '<script>ytInitialData = null;</script>'])
    assert.is(chatPage(html), undefined)
})

test('takes a continuation of any kind, and nothing that is none', () => {
  assert.equal(continuationOf({ timedContinuationData: { continuation: 'a', timeoutMs: 5_000 } }), {
    token: 'a',
    timeoutMs: 5_000,
  })
  assert.equal(continuationOf({ reloadContinuationData: { continuation: 'b' } }), { token: 'b', timeoutMs: undefined })
  for (const none of [
    undefined,
    null,
    7,
    [],
    {},
    { timedContinuationData: { continuation: 7 } },
    { playerSeekContinuationData: { continuation: 'x' } },
  ])
    assert.is(continuationOf(none), undefined)
})

test.run()
