import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { youtube } from '../../../../workers/platforms/youtube/index.ts'
import { CONTEXT, only, recorded, through } from '../../../help/payloads.ts'

const test = suite('youtube resource')

const AUTHOR = { channelId: 'UC1', displayName: '@harbor.light', profileImageUrl: 'https://yt3.ggpht.com/a=s88' }

function resource(type: string, snippet: object, rest: object = {}) {
  const common = { type, publishedAt: '2026-05-01T18:00:01.987654+00:00', hasDisplayContent: true }
  return {
    kind: 'youtube#liveChatMessage',
    id: 'LCC.1',
    snippet: { ...common, ...snippet },
    authorDetails: AUTHOR,
    ...rest,
  }
}

test('reads a text message with its author, words and time', () => {
  const snippet = { textMessageDetails: { messageText: 'hi @ana, see https://example.test 👋🏽 \u{e0000}' } }
  const flags = { ...AUTHOR, isChatOwner: true, isChatModerator: true, isChatSponsor: true, isVerified: true }
  const message = only('message', through(youtube, resource('textMessageEvent', snippet, { authorDetails: flags })))
  assert.is(message.id, 'youtube:LCC.1')
  assert.is(message.at, Date.parse('2026-05-01T18:00:01.987Z'))
  assert.is(message.text, 'hi @ana, see https://example.test 👋🏽')
  assert.equal(
    message.parts.map((part) => part.type),
    ['text', 'mention', 'text', 'link', 'text'],
  )
  assert.equal(message.author.roles, ['owner', 'mod', 'sub', 'verified'])
  assert.is(message.author.avatar, 'https://yt3.ggpht.com/a=s88')
})

test('takes no picture from a foreign host', () => {
  const details = { ...AUTHOR, profileImageUrl: 'https://evil.test/a.png' }
  const payload = resource('textMessageEvent', { displayMessage: 'hi' }, { authorDetails: details })
  assert.is(only('message', through(youtube, payload)).author.avatar, undefined)
})

test('gives an author without an id the same stand-in for the same name', () => {
  const named = (displayName: unknown) => {
    const payload = resource(
      'textMessageEvent',
      { displayMessage: 'hi' },
      { authorDetails: { channelId: '', displayName } },
    )
    return only('message', through(youtube, payload)).author
  }
  assert.is(named('Ana').id, named('ANA').id)
  assert.is.not(named('Ana').id, named('Noisy').id)
  assert.is(named('\u202e ').name, '?')
})

test('makes an id where there is none: of the content when it has a time, else of the delivery', () => {
  const id = (snippet: object, delivery: string) => {
    const payload = resource('textMessageEvent', { displayMessage: 'hi', ...snippet }, { id: undefined })
    return only('message', through(youtube, payload, {}, { ...CONTEXT, delivery })).id
  }
  assert.is(id({}, 'a'), id({}, 'b'))
  assert.is.not(id({}, 'a'), id({ displayMessage: 'ho' }, 'a'))
  assert.is(id({ publishedAt: 'yesterday' }, 'a'), 'youtube:a:0.0')
})

test('takes a removal for what it is, with an id of its own', () => {
  const removed = only(
    'remove',
    through(youtube, resource('messageDeletedEvent', { messageDeletedDetails: { deletedMessageId: 'LCC.0' } })),
  )
  assert.equal([removed.id, removed.target], ['youtube:LCC.1', { id: 'youtube:LCC.0' }])
  const tombstone = only('remove', through(youtube, resource('tombstone', { hasDisplayContent: false })))
  assert.equal([tombstone.id, tombstone.target], ['youtube:removed:LCC.1', { id: 'youtube:LCC.1' }])
  assert.equal(through(youtube, resource('userBannedEvent', {})).ignored, ['Item 0: the ban does not name a user.'])
})

test('builds the sentence of a milestone, whose displayMessage is the member’s own words', () => {
  const details = { memberMonth: 1, memberLevelName: 'Friend', userComment: 'one already' }
  const notice = only(
    'notice',
    through(
      youtube,
      resource('memberMilestoneChatEvent', { displayMessage: 'one already', memberMilestoneChatDetails: details }),
    ),
  )
  assert.equal([notice.what, notice.months, notice.tier], ['resub', 1, 'Friend'])
  assert.is(notice.text, '@harbor.light has been a member for 1 month.')
  assert.equal(notice.parts, [{ type: 'text', text: 'one already' }])
})

test('shows a type it does not know by its words, or by its name', () => {
  const shown = only('notice', through(youtube, resource('raveEvent', { displayMessage: 'Lights on!' })))
  assert.equal([shown.what, shown.text], ['other', 'Lights on!'])
  const named = only('notice', through(youtube, resource('constructor', {})))
  assert.is(named.text, 'YouTube sent an event of the type "constructor".')
})

test('makes nothing of a message that would show only a name, and a message of what was paid without words', () => {
  const ignored = ['Item 0: the message has no words, and nothing else to show.']
  for (const words of ['', ' ', '\u{e0000}', '\u3164\u200b']) {
    const said = through(youtube, resource('textMessageEvent', { textMessageDetails: { messageText: words } }))
    assert.equal([said.events, said.ignored], [[], ignored])
    for (const type of ['superChatEvent', 'superStickerEvent'])
      assert.equal(through(youtube, resource(type, { displayMessage: words })).ignored, ignored)
  }
  const superChatDetails = { amountMicros: '5000000', currency: 'EUR', userComment: '' }
  assert.is(only('message', through(youtube, resource('superChatEvent', { superChatDetails }))).money?.amount, 5)
})

test('takes null for not there', () => {
  const shown = (type: string, details: string) =>
    through(youtube, resource(type, { displayMessage: 'hi', [details]: null }))
  for (const [type, details] of [
    ['superChatEvent', 'superChatDetails'],
    ['superStickerEvent', 'superStickerDetails'],
  ] as const)
    assert.equal(
      [only('message', shown(type, details)).text, 'money' in only('message', shown(type, details))],
      ['hi', false],
    )
  const milestone = only('notice', shown('memberMilestoneChatEvent', 'memberMilestoneChatDetails'))
  assert.equal(milestone.parts, [{ type: 'text', text: 'hi' }])
  const items = [resource('textMessageEvent', { displayMessage: 'hi' })]
  assert.equal(through(youtube, { items, activePollItem: null, offlineAt: null }).ignored, [])
})

test('leaves out what has nothing to show, and says so', () => {
  for (const type of ['chatEndedEvent', 'sponsorOnlyModeStartedEvent', 'raveEvent']) {
    const { events, ignored } = through(youtube, resource(type, { hasDisplayContent: false }))
    assert.equal([events, ignored], [[], [`Item 0: an event of the type "${type}" has nothing to show.`]])
  }
  for (const type of ['chatEndedEvent', 'sponsorOnlyModeStartedEvent', 'sponsorOnlyModeEndedEvent'])
    assert.is(through(youtube, resource(type, {})).events.length, 0, 'also where it does not say so itself')
})

test('names the entries of a list, takes a poll once and says when the stream is over', () => {
  const poll = resource('pollEvent', {
    pollDetails: { metadata: { questionText: 'Where?', options: [{ optionText: 'Hills' }, {}] }, status: 'active' },
  })
  const list = (items: unknown[]) => ({
    kind: 'youtube#liveChatMessageListResponse',
    items,
    activePollItem: poll,
    offlineAt: '2026-05-01T18:00:01Z',
  })
  const once = through(youtube, list([poll, 'odd']))
  assert.is(only('notice', once).text, 'Poll: Where? Hills / ?')
  assert.equal(once.ignored, [
    'Item 0, entry 1: it is not a liveChatMessage.',
    'Item 0, active poll: it repeats an entry of the same answer.',
    'Item 0: the answer says that the stream is over.',
  ])
  assert.is(only('notice', through(youtube, list([]))).id, 'youtube:LCC.1')
})

interface Line {
  source: string
  type: string
  response: { items: [{ id: string; snippet: { publishedAt: string } }] }
}

const EXPECTED: Record<string, object> = {
  textMessageEvent: { kind: 'message' },
  superChatEvent: { kind: 'message' },
  superStickerEvent: { kind: 'message', text: 'A pear turning around and winking' },
  newSponsorEvent: { kind: 'notice', what: 'sub' },
  memberMilestoneChatEvent: { kind: 'notice', what: 'resub', months: 13, tier: 'Friend' },
  membershipGiftingEvent: { kind: 'notice', what: 'gift', count: 5, tier: 'Friend' },
  giftMembershipReceivedEvent: { kind: 'notice', what: 'gift', recipient: '@river.stone' },
  messageDeletedEvent: { kind: 'remove', target: { id: 'youtube:LCC.invented-text-1' } },
  messageRetractedEvent: { kind: 'remove', target: { id: 'youtube:LCC.invented-text-1' } },
  userBannedEvent: { kind: 'remove', target: { authorId: 'UCinvented00000000000066' } },
  pollEvent: { kind: 'notice', what: 'other', text: 'Poll: Next map? Harbour / Hills' },
  giftEvent: { kind: 'notice', what: 'gift', money: { kind: 'jewels', amount: 20, display: '20 Jewels' } },
  tombstone: { kind: 'remove' },
}
const SILENT = ['sponsorOnlyModeStartedEvent', 'sponsorOnlyModeEndedEvent', 'chatEndedEvent']
const MONEY: Record<string, object> = {
  '¥200': { kind: 'superchat', amount: 200, currency: 'JPY', display: '¥200', tier: 2 },
  '€5.00': { kind: 'superchat', amount: 5, currency: 'EUR', display: '€5.00', tier: 3 },
  '₹199.00': { kind: 'superchat', amount: 199, currency: 'INR', display: '₹199.00', tier: 2 },
  '$1.99': { kind: 'sticker', amount: 1.99, currency: 'USD', display: '$1.99', tier: 1 },
}

test('reads every recorded list answer', () => {
  for (const { source, type, response } of recorded<Line>('youtube-api.jsonl')) {
    const { events, ignored } = through(youtube, response)
    if (SILENT.includes(type)) assert.ok(events.length === 0 && ignored.length > 0, source)
    else {
      const [draft] = events
      assert.is(events.length, 1, source)
      for (const [name, value] of Object.entries(EXPECTED[type] ?? { kind: 'unknown' })) {
        assert.equal(Object.entries(draft ?? {}).find(([field]) => field === name)?.[1], value, `${source} ${name}`)
      }
      assert.is(draft?.at, Math.trunc(Date.parse(response.items[0].snippet.publishedAt)), source)
      if (type !== 'tombstone') assert.is(draft?.id, `youtube:${response.items[0].id}`, source)
      if (draft?.kind === 'message' && draft.money) assert.equal(draft.money, MONEY[draft.money.display], source)
    }
  }
})

test.run()
