import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { kick } from '../../../../workers/platforms/kick/index.ts'
import { CONTEXT, only, recorded, through } from '../../../help/payloads.ts'

const test = suite('kick normalise')

const ANA = { user_id: 1001, username: 'Ana', channel_slug: 'ana' }
const TIME = '2026-05-01T18:00:01.250Z'
const AT = Date.parse(TIME)

const hook = (type: string, body: object, headers = {}) => through(kick, body, { 'kick-event-type': type, ...headers })
const frame = (event: string, data: unknown) =>
  through(kick, { event, data: JSON.stringify(data), channel: 'chatrooms.5.v2' })

test('takes id and time of a delivery from its headers where the body has none', () => {
  const headers = { 'kick-event-message-id': '01ULID', 'kick-event-message-timestamp': TIME }
  const follow = only('notice', hook('channel.followed', { follower: ANA }, headers))
  assert.equal([follow.id, follow.at, follow.what, follow.text], ['kick:01ULID', AT, 'follow', 'Ana followed.'])
  assert.equal(only('notice', hook('channel.followed', { follower: ANA })).at, CONTEXT.receivedAt)
})

test('tells the items of one delivery apart', () => {
  const bodies = [{ follower: ANA }, { follower: ANA }]
  const { events } = hook('channel.followed', bodies, { 'kick-event-message-id': '01ULID' })
  assert.equal(
    events.map(({ id }) => id),
    ['kick:01ULID', 'kick:01ULID:1'],
  )
})

test('knows a repeated delivery without an id by its content when that has a time, else by how it came', () => {
  const id = (created_at: unknown, delivery: string, duration = 1) => {
    const body = { subscriber: ANA, duration, created_at }
    const headers = { 'kick-event-type': 'channel.subscription.new' }
    return only('notice', through(kick, body, headers, { ...CONTEXT, delivery })).id
  }
  assert.is(id(TIME, 'a'), id(TIME, 'b'))
  assert.is.not(id(TIME, 'a'), id(TIME, 'a', 2))
  assert.equal([id(null, 'a'), id(null, 'b')], ['kick:a:0', 'kick:b:0'])
})

test('knows subs, gifts and Kicks that a second subscription delivers under another id by their content', () => {
  const shared = (type: string, body: object, id = 'a') => hook(type, body, { 'kick-event-message-id': id }).original
  const sub = { subscriber: ANA, duration: 1, created_at: TIME }
  const gift = { sender: ANA, gift: { amount: 5, name: 'Lantern' }, created_at: TIME }
  assert.match(shared('channel.subscription.new', sub) ?? '', /^kick:/)
  assert.is(shared('channel.subscription.new', sub, 'a'), shared('channel.subscription.new', sub, 'b'))
  assert.is(shared('kicks.gifted', gift, 'a'), shared('kicks.gifted', gift, 'b'))
  const others = [{ duration: 2 }, { subscriber: { ...ANA, user_id: 7 } }, { created_at: '2026-05-01T18:00:02Z' }]
  for (const other of others)
    assert.is.not(shared('channel.subscription.new', { ...sub, ...other }), shared('channel.subscription.new', sub))
  assert.is(shared('channel.subscription.new', { ...sub, created_at: null }), undefined)
  assert.is(shared('channel.followed', { follower: ANA }), undefined)
  assert.is(hook('channel.subscription.new', sub).original, undefined, 'it is the id itself')
})

test('tells subscriptions with their months', () => {
  const fresh = only('notice', hook('channel.subscription.new', { subscriber: ANA, duration: 1, created_at: TIME }))
  assert.equal([fresh.what, fresh.months, fresh.at, fresh.text], ['sub', 1, AT, 'Ana subscribed.'])
  const again = only('notice', hook('channel.subscription.renewal', { subscriber: ANA, duration: 3 }))
  assert.equal([again.what, again.months, again.text], ['resub', 3, 'Ana subscribed for 3 months.'])
  const socket = (months: unknown) =>
    only('notice', frame('App\\Events\\SubscriptionEvent', { username: 'Ana', months })).what
  assert.equal([socket(13), socket(1), socket(undefined)], ['resub', 'sub', 'sub'])
})

test('tells gifts by count, recipient and giver', () => {
  const gifts = (giftees: unknown, gifter: unknown = ANA) =>
    only('notice', hook('channel.subscription.gifts', { gifter, giftees }))
  assert.equal(
    [gifts([{ username: 'Bo' }]).recipient, gifts([{ username: 'Bo' }]).text],
    ['Bo', 'Ana gifted a sub to Bo.'],
  )
  const two = gifts([{ username: 'Bo' }, { username: 'Cy' }])
  assert.equal([two.what, two.count, two.recipient, two.text], ['gift', 2, undefined, 'Ana gifted 2 subs.'])
  const unnamed = gifts([{ username: 'Bo' }], { is_anonymous: false, user_id: null, username: null })
  assert.equal([unnamed.author, unnamed.text], [undefined, 'An anonymous viewer gifted a sub to Bo.'])
  assert.is(gifts([{ username: 'Bo' }], { ...ANA, is_anonymous: true }).author, undefined, 'whatever name stands there')
})

test('keeps the chunks of one large gift apart', () => {
  const chunk = (names: string[], chunk_details: unknown) =>
    only(
      'notice',
      frame('GiftedSubscriptionsEvent', {
        correlation_id: '77',
        gifter_username: 'Ana',
        gifted_usernames: names,
        gifted_total: 3,
        chunk_details,
      }),
    )
  assert.equal([chunk(['Bo'], null).id, chunk(['Bo'], null).count], ['kick:77', 3])
  const [first, second] = [chunk(['Bo', 'Cy'], { chunk: 1 }), chunk(['Di'], { chunk: 2 })]
  assert.equal([first.count, second.count], [2, 1])
  assert.is.not(first.id, second.id)
})

test('tells gifted Kicks with their amount and words', () => {
  const gift = { amount: 500, name: 'Rage Quit', message: 'gg [emote:1:Wow]' }
  const hooked = only('notice', hook('kicks.gifted', { sender: ANA, gift, created_at: TIME }))
  assert.equal(hooked.money, { kind: 'kicks', amount: 500, display: '500 Kicks' })
  assert.equal([hooked.what, hooked.at, hooked.text], ['gift', AT, 'Ana sent Rage Quit (500 Kicks).'])
  assert.equal(
    hooked.parts?.map((part) => part.text),
    ['gg ', 'Wow'],
  )
  const framed = only(
    'notice',
    frame('KicksGifted', {
      gift_transaction_id: 'g-1',
      sender: { id: 1, username: 'Ana', username_color: '#4CFF75' },
      gift,
      message: 'gg',
    }),
  )
  assert.equal([framed.id, framed.author?.color, framed.parts?.[0]?.text], ['kick:g-1', '#4cff75', 'gg'])
})

test('tells a redeemed reward once, and takes a refused one away', () => {
  const redeemed = (status: string, id: unknown = 'r-1') =>
    hook('channel.reward.redemption.updated', {
      id,
      status,
      redeemed_at: TIME,
      reward: { title: 'Hydrate' },
      redeemer: ANA,
      user_input: 'now',
    })
  const pending = only('notice', redeemed('pending'))
  assert.equal(
    [pending.id, pending.what, pending.text, pending.parts?.length],
    ['kick:r-1', 'reward', 'Ana redeemed Hydrate.', 1],
  )
  assert.is(only('notice', redeemed('accepted')).id, pending.id)
  const refused = only('remove', redeemed('rejected'))
  assert.equal([refused.id, refused.target, refused.at], ['kick:removed:r-1', { id: 'kick:r-1' }, CONTEXT.receivedAt])
  assert.is(only('remove', redeemed('rejected')).id, refused.id)
  assert.equal(redeemed('rejected', '').ignored, ['Item 0: the refusal does not name a redemption.'])
  assert.is(
    only('notice', frame('RewardRedeemedEvent', { reward_title: 'Hydrate', username: 'Ana', user_input: '' })).parts,
    undefined,
  )
})

test('takes messages, a person’s messages and the whole chat away', () => {
  const deleted = only('remove', frame('App\\Events\\MessageDeletedEvent', { id: 'd-1', message: { id: 'm-1' } }))
  assert.equal([deleted.id, deleted.target], ['kick:d-1', { id: 'kick:m-1' }])
  for (const id of [undefined, '', 'm-1']) {
    assert.is(
      only('remove', frame('MessageDeletedEvent', { id, message: { id: 'm-1' } })).id.startsWith('kick:m-1'),
      false,
    )
  }
  assert.equal(only('remove', frame('App\\Events\\UserBannedEvent', { id: 'b-1', user: { id: 1002 } })).target, {
    authorId: '1002',
  })
  const metadata = { created_at: TIME, expires_at: null }
  const banned = only('remove', hook('moderation.banned', { banned_user: ANA, metadata }))
  assert.equal([banned.target, banned.at], [{ authorId: '1001' }, AT])
  assert.is(only('clear', frame('App\\Events\\ChatroomClearEvent', { id: 'c-1' })).id, 'kick:c-1')
})

test('does not remove what is not named', () => {
  assert.equal(frame('MessageDeletedEvent', {}).ignored, ['Item 0: the removal does not name a message.'])
  assert.equal(frame('UserBannedEvent', { user: {} }).ignored, ['Item 0: the ban does not name a user.'])
  assert.equal(hook('moderation.banned', {}).ignored, ['Item 0: the ban does not name a user.'])
})

test('tells a host as a raid with its viewers', () => {
  const raid = only(
    'notice',
    frame('App\\Events\\StreamHostEvent', { host_username: 'Ana', number_viewers: 216, optional_message: null }),
  )
  assert.equal(
    [raid.what, raid.count, raid.author?.name, raid.text],
    ['raid', 216, 'Ana', 'Ana is hosting with 216 viewers.'],
  )
})

test('shows an event it does not know by its name', () => {
  for (const result of [
    hook('channel.raved', {}),
    frame('App\\Events\\channel.raved', []),
    through(kick, { event: 'channel.raved' }),
  ]) {
    const notice = only('notice', result)
    assert.equal([notice.what, notice.text], ['other', 'Kick sent an event of the type "channel.raved".'])
  }
  for (const type of ['constructor', '__proto__', 'toString']) assert.is(only('notice', hook(type, {})).what, 'other')
})

test('leaves twins, settings and the words of the socket out, and says so', () => {
  const events = [
    'pusher:ping',
    'pusher_internal:subscription_succeeded',
    'StreamHostedEvent',
    'App\\Events\\PinnedMessageDeletedEvent',
    'GoalProgressUpdateEvent',
    'NewSubscriberUpdatedEvent',
    'App\\Events\\UserUnbannedEvent',
  ]
  for (const event of events) assert.equal(through(kick, { event, data: '[]' }).events, [], event)
  assert.equal(hook('livestream.status.updated', {}).events, [])
})

test('tells that the broadcast began or ended', () => {
  const news = (result: ReturnType<typeof through>) => [result.broadcast, result.events.length, result.ignored.length]
  const status = (body: object) =>
    news(hook('livestream.status.updated', body, { 'kick-event-message-timestamp': TIME }))
  const at = Date.parse('2026-05-01T11:00:00+11:00')
  assert.equal(
    status({ is_live: true, title: 'Night  ride', started_at: '2026-05-01T11:00:00+11:00', ended_at: null }),
    [{ live: true, at, title: 'Night ride' }, 0, 1],
  )
  assert.equal(status({ is_live: false, title: 'x', started_at: TIME, ended_at: null }), [
    { live: false, at: AT },
    0,
    1,
  ])
  assert.equal(status({ is_live: 'yes' }), [undefined, 0, 1])
  const live = frame('App\\Events\\StreamerIsLive', {
    livestream: { id: 7, session_title: 'Night ride', created_at: TIME },
  })
  assert.equal(news(live), [{ live: true, at: AT, title: 'Night ride' }, 0, 1])
  const bare = frame('App\\Events\\StreamerIsLive', { livestream: { created_at: '2026-05-01 18:00:00' } })
  assert.equal(news(bare), [{ live: true, at: CONTEXT.receivedAt }, 0, 1])
  const over = frame('App\\Events\\StopStreamBroadcast', { livestream: {} })
  assert.equal(news(over), [{ live: false, at: CONTEXT.receivedAt }, 0, 1])
})

test('takes data that is a value and not a string', () => {
  const push = {
    push: {
      channel: 'chatroom_5',
      pub: { data: { event: 'KicksGifted', data: { gift_transaction_id: 'g-1', gift: { amount: 1 } } } },
    },
  }
  assert.is(only('notice', through(kick, push)).money?.display, '1 Kick')
})

interface Hook {
  source: string
  type: string
  body: object
}

const IGNORED = ['livestream.status.updated', 'livestream.metadata.updated']

test('reads every recorded webhook', () => {
  for (const { source, type, body } of recorded<Hook>('kick-webhooks.jsonl')) {
    const { events, ignored } = hook(type, body)
    assert.equal([events.length, ignored.length], IGNORED.includes(type) ? [0, 1] : [1, 0], source)
    assert.equal(through(kick, { type, body }), hook(type, body), source)
    const [event] = events
    if (event?.kind === 'message') assert.equal([event.id, event.at], ['kick:unique_message_id_123', 1_736_870_886_000])
    if (event?.kind === 'remove' && type === 'moderation.banned')
      assert.equal([event.target, event.at], [{ authorId: '135790135' }, 1_736_870_885_000])
    if (event?.kind === 'notice' && type === 'kicks.gifted')
      assert.equal([event.money?.amount, event.at], [500, 1_760_932_808_634])
    if (event?.kind === 'notice' && type === 'channel.subscription.renewal') assert.is(event.months, 3)
  }
})

test('reads every recorded frame', () => {
  const kinds = recorded<{ frame: object }>('kick-pusher.jsonl').map(({ frame }) => {
    const [event] = through(kick, frame).events
    return event?.kind === 'notice' ? event.what : event?.kind
  })
  if (kinds.length > 0)
    assert.equal(kinds, ['message', 'message', 'remove', 'remove', 'clear', 'resub', 'gift', 'gift'])
})

test.run()
