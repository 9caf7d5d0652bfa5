import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { Draft } from '../../../../workers/message.ts'
import { youtube } from '../../../../workers/platforms/youtube/index.ts'
import { CONTEXT, only, recorded, through } from '../../../help/payloads.ts'

const test = suite('youtube innertube')

const WAVE = {
  emojiId: 'UCinvented/wave_1-x',
  shortcuts: [':_wave:', ':wave:'],
  isCustomEmoji: true,
  image: {
    thumbnails: [
      { url: 'https://yt3.ggpht.com/wave=w24', width: 24 },
      { url: 'https://yt3.ggpht.com/wave=w48', width: 48 },
      { url: 'https://yt3.ggpht.com/wave=w256', width: 256 },
    ],
  },
}

function item(name: string, fields: object) {
  const common = {
    id: 'item-1',
    timestampUsec: '1777658401123456',
    authorName: { simpleText: '@harbor.light' },
    authorExternalChannelId: 'UC1',
    authorPhoto: {
      thumbnails: [
        { url: 'https://yt4.ggpht.com/s32', width: 32 },
        { url: '//yt4.ggpht.com/s64', width: 64 },
      ],
    },
  }
  return { addChatItemAction: { item: { [name]: { ...common, ...fields } }, clientId: 'x' } }
}

const text = (...runs: unknown[]) => item('liveChatTextMessageRenderer', { message: { runs } })
const says = (value: string) => text({ text: value })

test('reads a message with its author, time and badges', () => {
  const badge = (fields: object) => ({ liveChatAuthorBadgeRenderer: fields })
  const authorBadges = [
    badge({ icon: { iconType: 'OWNER' }, tooltip: 'Owner' }),
    badge({ icon: { iconType: 'MODERATOR' }, tooltip: 'Moderator' }),
    badge({ icon: { iconType: 'VERIFIED' }, tooltip: 'Verified' }),
    badge({
      customThumbnail: { thumbnails: [{ url: 'http://yt3.ggpht.com/b=s16' }, { url: 'http://yt3.ggpht.com/b=s32' }] },
      tooltip: 'Member (6 months)',
    }),
    badge({ icon: { iconType: 'constructor' } }),
  ]
  const message = only(
    'message',
    through(youtube, item('liveChatTextMessageRenderer', { message: { simpleText: 'hi' }, authorBadges })),
  )
  assert.equal([message.id, message.at, message.text], ['youtube:item-1', 1_777_658_401_123, 'hi'])
  assert.equal(message.author.roles, ['owner', 'mod', 'verified', 'sub'])
  assert.equal(message.author.badges[3], {
    id: 'sub',
    label: 'Member (6 months)',
    image: 'https://yt3.ggpht.com/b=s32',
  })
  assert.is(message.author.avatar, 'https://yt4.ggpht.com/s64')
})

test('takes the time of receipt where the item has none', () => {
  for (const timestampUsec of [0, '0', '', undefined, 'soon', 1e300]) {
    const payload = item('liveChatTextMessageRenderer', { message: { simpleText: 'hi' }, timestampUsec })
    assert.is(only('message', through(youtube, payload)).at, CONTEXT.receivedAt)
  }
})

test('turns runs into text, emotes, mentions and links', () => {
  const endpoint = { urlEndpoint: { url: '/redirect?event=live_chat&q=https%3A%2F%2Fexample.test%2Flong%2Fway' } }
  const runs = [
    { text: 'hi @ana ' },
    { emoji: WAVE },
    { emoji: { emojiId: '👋🏽', shortcuts: [':wave:'] } },
    { text: ' ' },
    { text: 'https://example.test/l…', navigationEndpoint: endpoint },
  ]
  assert.equal(only('message', through(youtube, text(...runs))).parts, [
    { type: 'text', text: 'hi ' },
    { type: 'mention', text: '@ana' },
    { type: 'text', text: ' ' },
    { type: 'emote', text: ':_wave:', id: 'wave_1-x', provider: 'youtube', url: 'https://yt3.ggpht.com/wave=w48' },
    { type: 'text', text: '👋🏽 ' },
    { type: 'link', text: 'https://example.test/l…', url: 'https://example.test/long/way' },
  ])
})

test('takes null for not there', () => {
  const authorBadges = [
    { liveChatAuthorBadgeRenderer: { icon: { iconType: 'MODERATOR' }, customThumbnail: null, tooltip: 'Moderator' } },
  ]
  const message = { runs: [{ text: 'hi', emoji: null, navigationEndpoint: null }] }
  const said = only('message', through(youtube, item('liveChatTextMessageRenderer', { message, authorBadges })))
  assert.equal([said.text, said.author.roles], ['hi', ['mod']])
})

test('writes an emoji out when its picture comes from a foreign host', () => {
  const image = { thumbnails: [{ url: 'https://evil.test/wave.png', width: 48 }] }
  assert.equal(only('message', through(youtube, text({ emoji: { ...WAVE, image } }))).parts, [
    { type: 'text', text: ':_wave:' },
  ])
})

test('never links to anything but the web', () => {
  for (const url of ['javascript:alert(1)', '/redirect?q=javascript:alert(1)', 'data:text/html,x', 7]) {
    const { parts } = only(
      'message',
      through(youtube, text({ text: 'click', navigationEndpoint: { urlEndpoint: { url } } })),
    )
    assert.equal(parts, [{ type: 'text', text: 'click' }])
  }
})

test('makes nothing of a message that would show only a name', () => {
  for (const payload of [says(''), says(' \u200b'), says('\u3164'), text()])
    assert.equal(through(youtube, payload).ignored, ['Item 0: the message has no words, and nothing else to show.'])
  assert.is(only('message', through(youtube, text({ emoji: WAVE }))).parts.length, 1)
})

test('reads what was paid, with or without words', () => {
  const paid = item('liveChatPaidMessageRenderer', {
    purchaseAmountText: { simpleText: '￥6,000' },
    bodyBackgroundColor: 4_293_467_747,
  })
  const message = only('message', through(youtube, paid))
  assert.equal([message.text, message.parts], ['', []])
  assert.equal(message.money, { kind: 'superchat', amount: 6_000, currency: 'JPY', display: '￥6,000', tier: 6 })
  const sticker = {
    thumbnails: [{ url: '//lh3.googleusercontent.com/s72', width: 72 }],
    accessibility: { accessibilityData: { label: 'A pear' } },
  }
  const stuck = only(
    'message',
    through(youtube, item('liveChatPaidStickerRenderer', { purchaseAmountText: { simpleText: '$9.99' }, sticker })),
  )
  assert.equal(
    [stuck.text, stuck.parts[0]?.type, stuck.money?.kind, stuck.money?.amount],
    ['A pear', 'emote', 'sticker', 9.99],
  )
})

test('tells members, milestones, gifts and what the platform says', () => {
  const notice = (name: string, fields: object) => {
    const { what, text, count, months, recipient, tier } = only('notice', through(youtube, item(name, fields)))
    return { what, text, count, months, recipient, tier }
  }
  const none = { count: undefined, months: undefined, recipient: undefined, tier: undefined }
  assert.equal(notice('liveChatMembershipItemRenderer', { headerSubtext: { runs: [{ text: 'New member' }] } }), {
    ...none,
    what: 'sub',
    text: '@harbor.light became a member.',
  })
  for (const [subtext, text, tier] of [
    ['Welcome to Friend!', '@harbor.light became a member.', 'Friend'],
    ['Upgraded membership to Best Friend!!', '@harbor.light upgraded their membership.', 'Best Friend!'],
    ['Willkommen bei Freund!', '@harbor.light became a member.', undefined],
  ]) {
    const [first = '', ...others] = (subtext ?? '').split(/(?<=to )/)
    const headerSubtext = { runs: [first, ...others].map((run) => ({ text: run })) }
    assert.equal(notice('liveChatMembershipItemRenderer', { headerSubtext }), { ...none, what: 'sub', text, tier })
  }
  const since = {
    headerPrimaryText: { runs: [{ text: 'Member for ' }, { text: '6' }, { text: ' months' }] },
    headerSubtext: { simpleText: 'Friend' },
  }
  assert.equal(notice('liveChatMembershipItemRenderer', since), {
    ...none,
    what: 'resub',
    text: '@harbor.light has been a member for 6 months.',
    months: 6,
    tier: 'Friend',
  })
  const header = {
    liveChatSponsorshipsHeaderRenderer: {
      authorName: { simpleText: 'Ana' },
      primaryText: { runs: [{ text: 'Sent ' }, { text: '5' }, { text: ' gift memberships' }] },
    },
  }
  assert.equal(notice('liveChatSponsorshipsGiftPurchaseAnnouncementRenderer', { authorName: undefined, header }), {
    ...none,
    what: 'gift',
    text: 'Ana gifted 5 memberships.',
    count: 5,
  })
  const received = { message: { runs: [{ text: 'was gifted a membership by ' }, { text: 'Ana' }] } }
  assert.equal(notice('liveChatSponsorshipsGiftRedemptionAnnouncementRenderer', received), {
    ...none,
    what: 'gift',
    text: '@harbor.light was gifted a membership by Ana',
    recipient: '@harbor.light',
  })
  const mode = { text: { runs: [{ text: 'Slow mode is on' }] }, subtext: { simpleText: 'Be patient' } }
  assert.equal(notice('liveChatModeChangeMessageRenderer', mode), {
    ...none,
    what: 'other',
    text: 'Slow mode is on. Be patient',
  })
})

test('tells a gift of Jewels with its giver and what it was worth', () => {
  const gift = (content: unknown) => {
    const giftMessageViewModel = {
      id: 'gift-1',
      authorName: { content: '@harbor.light ' },
      text: { content },
      authorAvatar: { avatarViewModel: {} },
      giftImage: { sources: [] },
    }
    return only('notice', through(youtube, { addChatItemAction: { item: { giftMessageViewModel } } }))
  }
  const jewels = (amount: number, display: string) => ({ kind: 'jewels', amount, display })
  const { id, what, text, author, money } = gift('sent Girl power for 50 Jewels')
  assert.equal([id, what, text], ['youtube:gift-1', 'gift', '@harbor.light sent Girl power for 50 Jewels'])
  assert.equal([author?.name, money], ['@harbor.light', jewels(50, '50 Jewels')])
  assert.equal(gift('sent Crown for 10,000 Jewels').money, jewels(10_000, '10000 Jewels'))
  assert.equal(gift('sent Heart for 1 Jewel').money, jewels(1, '1 Jewel'))
  for (const [words, shown] of [
    ['envió Corona', '@harbor.light envió Corona'],
    [null, '@harbor.light sent a gift'],
  ])
    assert.equal([gift(words).text, gift(words).money], [shown, undefined])
})

test('shows an item of an unknown kind by its words, or by its name', () => {
  const shown = only(
    'notice',
    through(
      youtube,
      item('liveChatRaveRenderer', {
        timestampText: { simpleText: '1:23' },
        headline: { runs: [{ text: 'Lights on!' }] },
      }),
    ),
  )
  assert.equal([shown.what, shown.text, shown.author?.name], ['other', 'Lights on!', '@harbor.light'])
  const named = only(
    'notice',
    through(youtube, item('giftRaveViewModel', { authorName: {}, authorExternalChannelId: '' })),
  )
  assert.equal([named.text, named.author], ['YouTube sent an item of the kind "giftRaveViewModel".', undefined])
})

test('takes one item away under an id of its own, and an author’s again and again', () => {
  const removed = only('remove', through(youtube, { markChatItemAsDeletedAction: { targetItemId: 'item-1' } }))
  assert.equal([removed.id, removed.target], ['youtube:removed:item-1', { id: 'youtube:item-1' }])
  const authored = (delivery: string) =>
    only(
      'remove',
      through(youtube, { removeChatItemByAuthorAction: { externalChannelId: 'UC1' } }, {}, { ...CONTEXT, delivery }),
    )
  assert.equal(authored('a').target, { authorId: 'UC1' })
  assert.is.not(authored('a').id, authored('b').id)
})

test('replaces an item so that the picture is right in the end', () => {
  const replace = (replacementItem: unknown) =>
    through(youtube, { replaceChatItemAction: { targetItemId: 'item-1', replacementItem } }).events.map(
      ({ kind, id }) => `${kind} ${id}`,
    )
  assert.equal(replace({ liveChatPlaceholderItemRenderer: { id: 'item-1' } }), ['remove youtube:removed:item-1'])
  assert.equal(replace(says('approved').addChatItemAction.item), ['message youtube:item-1'])
  const other = item('liveChatTextMessageRenderer', { id: 'item-2', message: { simpleText: 'hi' } })
  assert.equal(replace(other.addChatItemAction.item), ['remove youtube:removed:item-1', 'message youtube:item-2'])
  const emptied = item('liveChatTextMessageRenderer', { id: 'item-1', message: { simpleText: ' ' } })
  assert.equal(replace(emptied.addChatItemAction.item), ['remove youtube:removed:item-1'])
  assert.equal(replace(undefined), ['remove youtube:removed:item-1'])
})

test('shows the item that an action of a kind new to it brings, and nothing of one that only changes the page', () => {
  const brings = (item: unknown) => through(youtube, { raveChatItemAction: { item } })
  const { item: message } = says('hi').addChatItemAction
  assert.is(only('message', brings(message)).id, 'youtube:item-1')
  const { item: rave } = item('liveChatRaveRenderer', { headline: { simpleText: 'Lights on!' } }).addChatItemAction
  const shown = only('notice', brings(rave))
  assert.equal([shown.what, shown.text], ['other', 'Lights on!'])
  for (const action of [
    { updateTitleAction: { title: { simpleText: 'Noodles' } } },
    { raveAction: { item: { x: 1 } } },
  ]) {
    const { events, ignored } = through(youtube, action)
    assert.is(events.length, 0)
    assert.match(ignored[0] ?? '', /^Item 0: the action "\w+" is not known\.$/)
  }
})

test('unwraps a replay, and names every action it leaves out', () => {
  const replay = (...actions: unknown[]) => ({ replayChatItemAction: { actions, videoOffsetTimeMsec: '1' } })
  const actions = [
    replay(says('one')),
    replay(says('two'), { addLiveChatTickerItemAction: { item: {} } }),
    { raveAction: {} },
    replay(),
    replay(replay()),
    null,
  ]
  const { events, ignored } = through(youtube, { continuationContents: { liveChatContinuation: { actions } } })
  assert.equal(
    events.map((event) => event.kind === 'message' && event.text),
    ['one', 'two'],
  )
  assert.equal(ignored, [
    'Item 0, action 1, replayed action 1: the ticker repeats an item of the chat.',
    'Item 0, action 2: the action "raveAction" is not known.',
    'Item 0, action 3: the replay holds no actions.',
    'Item 0, action 4: the action "replayChatItemAction" is not known.',
    'Item 0, action 5: it is not an action.',
  ])
})

interface Answer {
  source: string
  kind: string
  actions: number
  response: object
}
interface Action {
  source: string
  kind: string
  action: object
}

/** Recorded amounts by how they are written. */
const AMOUNTS: Record<string, [number, string | undefined]> = {
  '￥10,800': [10_800, 'JPY'],
  '￥150': [150, 'JPY'],
  'CZK 20.00': [20, 'CZK'],
  '￥846': [846, 'JPY'],
  '￥200': [200, 'JPY'],
  '[UNREGISTERD]10,800': [10_800, undefined],
  '￥6,000': [6_000, 'JPY'],
  '€2': [2, 'EUR'],
  '￥300': [300, 'JPY'],
  '￥500': [500, 'JPY'],
  '￥800': [800, 'JPY'],
  '$9.99': [9.99, 'USD'],
  '$50.00': [50, 'USD'],
}

function checkMoney(drafts: Draft[]): void {
  for (const draft of drafts) {
    const money = 'money' in draft ? draft.money : undefined
    if (money) assert.equal([money.amount, money.currency], AMOUNTS[money.display], money.display)
  }
}

test('reads every recorded answer: each action gives an event or a reason', () => {
  for (const { source, kind, actions, response } of recorded<Answer>('youtube-innertube.jsonl')) {
    const { events, ignored } = through(youtube, response)
    checkMoney(events)
    if (kind === 'first-page') assert.ok(events.length > 5, source)
    else assert.is(events.length + ignored.length, Math.max(actions, 1), source)
    if (kind === 'ended') assert.equal(ignored, ['Item 0: the answer holds no chat: it has ended.'])
  }
})

test('reads every recorded action', () => {
  const shown: Record<string, number> = {}
  for (const { source, kind, action } of recorded<Action>('youtube-renderers.jsonl')) {
    const { events, ignored } = through(youtube, action)
    checkMoney(events)
    assert.is(events.length + ignored.length, 1, source)
    const named = kind.split(':').at(-1) ?? ''
    for (const event of events) shown[`${named} ${event.kind === 'notice' ? event.what : event.kind}`] = event.at
  }
  if (Object.keys(shown).length > 0) {
    assert.equal(Object.keys(shown).sort(), [
      'liveChatDonationAnnouncementRenderer other',
      'liveChatLegacyPaidMessageRenderer sub',
      'liveChatMembershipItemRenderer sub',
      'liveChatModeChangeMessageRenderer other',
      'liveChatPaidMessageRenderer message',
      'liveChatPaidStickerRenderer message',
      'liveChatPlaceholderItemRenderer remove',
      'liveChatTextMessageRenderer message',
      'liveChatViewerEngagementMessageRenderer other',
      'markChatItemAsDeletedAction remove',
      'markChatItemsByAuthorAsDeletedAction remove',
      'replayChatItemAction message',
    ])
    assert.is(shown['liveChatModeChangeMessageRenderer other'], 1_608_166_198_038)
  }
})

test.run()
