import { randomUUID } from 'node:crypto'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { CrossChatError } from '../../../../server/errors.ts'
import { DEFAULT_SETTINGS } from '../../../../server/look-defaults.ts'
import type { Account } from '../../../../server/stores/accounts.ts'
import type { Invite } from '../../../../server/stores/members.ts'
import { type Deed, MAX_PEOPLE } from '../../../../server/stores/moderation.ts'
import type { Dock, Overlay } from '../../../../server/stores/overlays.ts'
import type { Page } from '../../../../server/stores/page.ts'
import type { ApiKey } from '../../../../server/stores/programs.ts'
import type { StoredSource } from '../../../../server/stores/sources.ts'
import type { Stores } from '../../../../server/stores/stores.ts'
import { MAX_MOMENTS, type Moment, type Narrow, type Stream } from '../../../../server/stores/streams.ts'
import { NO_RULES } from '../../../../workers/ruled.ts'
import { messageOf } from '../../../workers/archive/events.ts'
import { type Driver, refused } from './driver.ts'

/** What every driver of the stores must do with records of all kinds; run it on the real thing. */
export function recordsContract(name: string, open: () => Promise<Driver>): void {
  const stores = suite(`stores: records, ${name}`)
  let driver: Driver
  stores.before(async () => {
    driver = await open()
  })
  stores.after(() => driver.discard())

  stores('lets one of many parallel registrations have a name', async () => {
    const handle = `h-${randomUUID()}`
    const before = await driver.stores.accounts.count()
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, () => driver.stores.accounts.insert(accountOf({ handle }))),
    )
    assert.is(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') assert.is(outcome.reason.code, 'name_taken')
    assert.is(await driver.stores.accounts.count(), before + 1)
  })

  stores('finds an account by id and handle, and gives copies', async () => {
    const account = accountOf({})
    await driver.stores.accounts.insert(account)
    assert.equal(await driver.stores.accounts.byHandle(account.handle), account)
    const copy = await driver.stores.accounts.byId(account.id)
    assert.equal(copy, account)
    if (copy !== null) copy.username = 'changed'
    assert.equal(await driver.stores.accounts.byId(account.id), account)
    assert.is(await driver.stores.accounts.byId('nobody'), null)
    assert.is(await driver.stores.accounts.byHandle('nobody'), null)
  })

  stores('lists the people that a channel hides, each once and never too many', async () => {
    const { people } = driver.stores
    const channelId = randomUUID()
    const by = { kind: 'account' as const, id: 'a', name: 'Otter' }
    const person = (authorId: string, at: number) => ({
      channelId,
      platform: 'x',
      authorId,
      name: 'N',
      note: '',
      at,
      by,
    })
    await people.add(person('1', 1))
    await people.add({ ...person('2', 2), platform: 'y' })
    assert.is((await people.add({ ...person('1', 9), name: 'Another' })).name, 'N', 'who is listed stays')
    const listed = await people.byChannel(channelId)
    assert.equal(
      listed.map(({ platform, authorId }) => [platform, authorId]),
      [
        ['y', '2'],
        ['x', '1'],
      ],
    )
    assert.is(await people.remove(channelId, 'x', '2'), null, 'that is somebody else')
    for (let nth = 3; nth <= MAX_PEOPLE; nth++) await people.add(person(String(nth), nth))
    const over = await people.add(person('more', 1)).catch((error: unknown) => error)
    assert.is(over instanceof CrossChatError && over.code, 'list_full')
    assert.is((await people.remove(channelId, 'x', '1'))?.name, 'N')
    await people.add(person('more', 1))
    driver = await driver.reopen()
    assert.is((await driver.stores.people.byChannel(channelId)).length, MAX_PEOPLE)
  })

  stores('knows people by ids that no platform has, as by any others', async () => {
    const { people } = driver.stores
    const channelId = randomUUID()
    const by = { kind: 'account', id: 'a', name: 'Mira' } as const
    for (const authorId of ['a\0b', '\ud800', '\uf8ff0000']) {
      const person = { channelId, platform: 'x', authorId, name: 'N', note: '', at: 1, by }
      await people.add(person)
      assert.is((await people.add({ ...person, at: 2 })).at, 1, 'it is listed once')
      assert.is((await people.note(channelId, 'x', authorId, 'known'))?.note, 'known')
      assert.is((await people.remove(channelId, 'x', authorId))?.authorId, authorId)
    }
    assert.equal(await people.byChannel(channelId), [])
  })

  stores('raises the session epoch with a new password, once a call', async () => {
    const account = accountOf({})
    await driver.stores.accounts.insert(account)
    await Promise.all(['a', 'b', 'c'].map((hash) => driver.stores.accounts.setPassword(account.id, hash)))
    assert.is((await driver.stores.accounts.byId(account.id))?.sessionEpoch, account.sessionEpoch + 3)
    assert.is(await driver.stores.accounts.setPassword('nobody', 'x'), null)
  })

  stores('lists accounts oldest first, by pages that end where they say', async () => {
    const made = [3, 1, 2].map((createdAt) => accountOf({ createdAt }))
    for (const account of made) await driver.stores.accounts.insert(account)
    const seen: number[] = []
    let before: string | null = null
    do {
      const page: Page<Account> = await driver.stores.accounts.page(1, before)
      seen.push(...page.items.filter(({ id }) => made.some((each) => each.id === id)).map((each) => each.createdAt))
      before = page.next
    } while (before !== null)
    assert.equal(seen, [1, 2, 3])
  })

  stores('shuts an account out and lets it in again, and ends its sessions each time', async () => {
    const account = accountOf({})
    await driver.stores.accounts.insert(account)
    await driver.stores.accounts.suspend(account.id, 7)
    driver = await driver.reopen()
    assert.is((await driver.stores.accounts.byId(account.id))?.suspendedAt, 7)
    const free = await driver.stores.accounts.suspend(account.id, null)
    assert.equal(free, { ...account, sessionEpoch: account.sessionEpoch + 2 })
    assert.is(await driver.stores.accounts.suspend('nobody', 1), null)
    assert.equal(
      [await driver.stores.accounts.remove(account.id), await driver.stores.accounts.remove('x')],
      [true, false],
    )
    await driver.stores.accounts.insert(account)
  })

  stores('keeps what the owner of the instance decided over a restart', async () => {
    assert.equal(await driver.stores.instance.get(), {})
    await driver.stores.instance.put({ registration: 'closed', channelBytes: 9 })
    driver = await driver.reopen()
    assert.equal(await driver.stores.instance.get(), { registration: 'closed', channelBytes: 9 })
    await driver.stores.instance.put({})
    assert.equal(await driver.stores.instance.get(), {})
  })

  stores('keeps one channel an account, and its rules', async () => {
    const channel = { id: randomUUID(), accountId: randomUUID(), name: 'Mira', rules: NO_RULES, createdAt: 1 }
    await driver.stores.channels.insert(channel)
    await refused('storage_failed', driver.stores.channels.insert({ ...channel, id: randomUUID() }))
    assert.equal(await driver.stores.channels.byAccount(channel.accountId), channel)
    const rules = { ...NO_RULES, words: ['$where', 'a.b', '__proto__.x', 'line\u2028break'] }
    await driver.stores.channels.setRules(channel.id, rules)
    assert.equal(await driver.stores.channels.byId(channel.id), { ...channel, rules })
    assert.is(await driver.stores.channels.byId('none'), null)
  })

  stores('keeps who works in a channel over a restart, each once', async () => {
    const { members } = driver.stores
    const [channelId, accountId, other] = [randomUUID(), randomUUID(), randomUUID()]
    const membership = { channelId, accountId, role: 'moderator' as const, since: 2 }
    const outcomes = await Promise.allSettled([members.insert(membership), members.insert(membership)])
    assert.is(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    await refused('member_already', members.insert({ ...membership, role: 'viewer' }))
    const second = { channelId, accountId: other, role: 'viewer' as const, since: 1 }
    await members.insert(second)
    await members.insert({ ...second, channelId: other, accountId })
    driver = await driver.reopen()
    const reopened = driver.stores.members
    assert.equal(await reopened.byChannel(channelId), [second, membership], 'oldest first')
    assert.equal(
      (await reopened.byAccount(accountId)).map((each) => each.channelId),
      [other, channelId],
    )
    assert.equal(await reopened.setRole(channelId, accountId, 'viewer'), { ...membership, role: 'viewer' })
    assert.is(await reopened.setRole(accountId, channelId, 'viewer'), null)
    assert.is(await reopened.remove(channelId, accountId), true)
    assert.is(await reopened.remove(channelId, accountId), false)
    assert.is(await reopened.one(channelId, accountId), null)
    assert.equal(await reopened.one(channelId, other), second)
  })

  stores('gives an invitation to one of many who take it, and none that has expired', async () => {
    const { invites } = driver.stores
    const channelId = randomUUID()
    const invite = inviteOf({ channelId, createdAt: 1 })
    const [second, expired] = [inviteOf({ channelId, createdAt: 2 }), inviteOf({ channelId, expiresAt: 1 })]
    for (const each of [invite, second, expired]) await invites.insert(each)
    assert.equal(await invites.open(channelId), [second, invite], 'newest first')
    assert.equal(await invites.byDigest(invite.digest), invite)
    assert.is(await invites.byDigest(expired.digest), null)
    assert.is(await invites.take(expired.digest), null)
    const taken = await Promise.all(Array.from({ length: 10 }, () => invites.take(invite.digest)))
    assert.equal(
      taken.filter((each) => each !== null),
      [invite],
    )
    driver = await driver.reopen()
    assert.equal(await driver.stores.invites.open(channelId), [second])
    assert.is(await driver.stores.invites.remove(randomUUID(), second.id), false, 'another channel')
    assert.is(await driver.stores.invites.remove(null, second.id), false)
    assert.is(await driver.stores.invites.remove(channelId, second.id), true)
    assert.equal(await driver.stores.invites.open(channelId), [])
  })

  stores('keeps invitations of no channel apart', async () => {
    const { invites } = driver.stores
    const invite = inviteOf({ channelId: null, role: null })
    await invites.insert(invite)
    await invites.insert(inviteOf({}))
    assert.equal(await invites.open(null), [invite])
    assert.is(await invites.remove(null, invite.id), true)
  })

  stores('keeps drafts and versions of looks over a restart', async () => {
    const [id, channelId] = [randomUUID(), randomUUID()]
    const draft = { id, channelId, settings: { theme: 'neon' as const, fontSize: 40 }, revision: 3, changedAt: 5 }
    await driver.stores.looks.putDraft({ ...draft, settings: null, revision: 2 })
    await driver.stores.looks.putDraft(draft)
    const version = { overlayId: id, channelId, settings: draft.settings, publishedAt: 7 }
    for (const each of ['a', 'b', 'c']) await driver.stores.looks.addVersion({ ...version, id: `${id}-${each}` })
    driver = await driver.reopen()
    assert.equal(await driver.stores.looks.draft(id), draft)
    assert.equal(await driver.stores.looks.drafts(channelId), [draft])
    const ids = (await driver.stores.looks.versions(id)).map((each) => each.id)
    assert.equal(
      ids,
      ['c', 'b', 'a'].map((each) => `${id}-${each}`),
      'newest first, though all are of one moment',
    )
    await driver.stores.looks.forget(id)
    assert.is(await driver.stores.looks.draft(id), null)
    assert.equal(await driver.stores.looks.versions(id), [])
  })

  stores('changes of an overlay what is named, and raises its key', async () => {
    const overlay = overlayOf({})
    await driver.stores.overlays.insert(overlay)
    const settings = { ...DEFAULT_SETTINGS, fontSize: 40 }
    assert.equal(await driver.stores.overlays.update(overlay.id, { settings }), { ...overlay, settings })
    assert.is((await driver.stores.overlays.update(overlay.id, { name: 'Second' }))?.settings.fontSize, 40)
    assert.is((await driver.stores.overlays.raiseKeyVersion(overlay.id))?.keyVersion, overlay.keyVersion + 1)
    assert.is(await driver.stores.overlays.update('none', { name: 'x' }), null)
  })

  stores('give back any text as it was, halves of letters and zeros among it', async () => {
    const odd = '\0 \ud800 \udc00\ud83d \uf8ff0000 \uf8ff \\u0000 \\\\ud800 "\\\0 💚'
    const overlay = overlayOf({ name: odd })
    await driver.stores.overlays.insert(overlay)
    assert.equal(await driver.stores.overlays.byId(overlay.id), overlay)
    const settings = { ...overlay.settings, customCss: odd }
    assert.equal((await driver.stores.overlays.update(overlay.id, { settings }))?.settings.customCss, odd)
    assert.equal((await driver.stores.overlays.byChannel(overlay.channelId))[0]?.settings.customCss, odd)
    assert.is(await driver.stores.overlays.byId(odd), null)
  })

  stores('lists and removes the overlays of one channel only', async () => {
    const [a, b] = [overlayOf({ createdAt: 1 }), overlayOf({ createdAt: 2 })]
    const second = overlayOf({ channelId: a.channelId, createdAt: 3 })
    for (const overlay of [second, a, b]) await driver.stores.overlays.insert(overlay)
    assert.equal(await driver.stores.overlays.byChannel(a.channelId), [a, second])
    assert.is(await driver.stores.overlays.remove(a.id), true)
    assert.is(await driver.stores.overlays.remove(a.id), false)
    assert.equal(await driver.stores.overlays.byChannel(a.channelId), [second])
  })

  stores('keeps docks of one channel, and raises their keys', async () => {
    const [a, b] = [dockOf({ createdAt: 1 }), dockOf({})]
    const second = dockOf({ channelId: a.channelId, createdAt: 2, scope: 'control' })
    for (const dock of [second, a, b]) await driver.stores.docks.insert(dock)
    assert.equal(await driver.stores.docks.byChannel(a.channelId), [a, second])
    assert.is((await driver.stores.docks.raiseKeyVersion(a.id))?.keyVersion, a.keyVersion + 1)
    assert.is(await driver.stores.docks.raiseKeyVersion('none'), null)
    assert.is(await driver.stores.docks.remove(a.id), true)
    assert.is(await driver.stores.docks.remove(a.id), false)
    assert.is(await driver.stores.docks.byId(a.id), null)
  })

  stores('keeps what stands on a stage, the last of many changes, and nothing of a bare one', async () => {
    const [channelId, bare, slow] = [randomUUID(), randomUUID(), randomUUID()]
    const featured = messageOf({ seq: 1, text: '$where a.b' })
    await Promise.all([
      driver.stores.stages.put(channelId, { panic: true, slow: false, featured: null }),
      driver.stores.stages.put(bare, { panic: true, slow: true, featured: null }),
      driver.stores.stages.put(bare, { panic: false, slow: false, featured: null }),
      driver.stores.stages.put(channelId, { panic: false, slow: false, featured }),
      driver.stores.stages.put(slow, { panic: false, slow: true, featured: null }),
    ])
    const all = await driver.stores.stages.all()
    assert.equal(all.get(channelId), { panic: false, slow: false, featured })
    assert.equal(all.get(slow), { panic: false, slow: true, featured: null })
    assert.is(all.has(bare), false)
  })

  stores('keeps moments in the order of their stream, each once and never too many', async () => {
    const { moments } = driver.stores
    const [channelId, streamId] = [randomUUID(), randomUUID()]
    const by = { kind: 'account' as const, id: 'a', name: 'Otter' }
    const momentOf = (nth: number): Moment => ({
      ...{ id: randomUUID(), channelId, streamId, eventId: `x:${nth}`, seq: nth, at: nth, platform: 'x', by },
      ...{ authorId: String(nth), author: 'N', text: `${nth}` },
    })
    const late = await moments.add(momentOf(2))
    await moments.add(momentOf(1))
    assert.is((await moments.add(momentOf(2))).id, late.id, 'what is marked stays')
    assert.equal(
      (await moments.byStream(streamId)).map(({ seq }) => seq),
      [1, 2],
    )
    assert.is(await moments.remove(randomUUID(), late.id), false, 'that is another channel')
    for (let nth = 3; nth <= MAX_MOMENTS; nth++) await moments.add(momentOf(nth))
    const over = await moments.add(momentOf(MAX_MOMENTS + 1)).catch((error: unknown) => error)
    assert.is(over instanceof CrossChatError && over.code, 'list_full')
    await moments.erase(channelId, { platform: 'x', authorId: '2', names: [] })
    driver = await driver.reopen()
    const kept = await driver.stores.moments.byStream(streamId)
    assert.equal([kept.length, kept[1]?.text, kept[2]?.text], [MAX_MOMENTS, '', '3'])
    await driver.stores.moments.forget(streamId)
    assert.equal(await driver.stores.moments.byStream(streamId), [])
  })

  stores('logs deeds newest first, each at a time of its own, page by page', async () => {
    const channelId = randomUUID()
    for (let nth = 0; nth < 5; nth++) await driver.stores.deeds.add(deedOf({ channelId, text: String(nth) }))
    await driver.stores.deeds.add(deedOf({}))
    const first = await driver.stores.deeds.page(channelId, 3, null)
    const rest = await driver.stores.deeds.page(channelId, 3, first.next)
    assert.equal(
      [...first.items, ...rest.items].map(({ text }) => text),
      ['4', '3', '2', '1', '0'],
    )
    assert.is(rest.next, null)
    await refused('bad_request', driver.stores.deeds.page(channelId, 3, '%%%'))
  })

  stores('ties an unhide to the hide that it takes back', async () => {
    const channelId = randomUUID()
    const target = { platform: 'twitch', authorId: '7' }
    const add = (change: Partial<Deed>) => driver.stores.deeds.add(deedOf({ channelId, target, ...change }))
    await add({ what: 'hide', target: { id: 'twitch:m1' } })
    const hide = await add({ what: 'hide' })
    const unhide = await add({ what: 'unhide' })
    assert.is(unhide.undoes, hide.id)
    assert.is((await add({ what: 'unhide' })).undoes, null, 'it is taken back once')
    const { items } = await driver.stores.deeds.page(channelId, 10, null)
    assert.equal(
      items.map(({ what, undoneBy }) => [what, undoneBy]),
      [
        ['unhide', null],
        ['unhide', null],
        ['hide', unhide.id],
        ['hide', null],
      ],
    )
  })

  stores('keeps a session with any field names until it expires', async () => {
    const data = { accountId: 'x', 'a.b': 1, $set: { y: 2 }, nested: { '__proto__.z': [1] } }
    const session = { id: randomUUID(), data, expiresAt: Date.now() + 60_000 }
    await driver.stores.sessions.set(session)
    assert.equal(await driver.stores.sessions.get(session.id), session)
    await driver.stores.sessions.set({ ...session, expiresAt: Date.now() - 1 })
    assert.is(await driver.stores.sessions.get(session.id), null)
  })

  stores('does not revive a destroyed session by a late write', async () => {
    const session = { id: randomUUID(), data: { accountId: 'x' }, expiresAt: Date.now() + 60_000 }
    await driver.stores.sessions.set(session)
    await driver.stores.sessions.destroy(session.id)
    await driver.stores.sessions.set(session)
    assert.is(await driver.stores.sessions.get(session.id), null)
  })

  stores('ends all sessions of an account but one, and none of another', async () => {
    const accountId = randomUUID()
    const mine = Array.from({ length: 3 }, () => ({
      id: randomUUID(),
      data: { accountId },
      expiresAt: Date.now() + 60_000,
    }))
    const other = { id: randomUUID(), data: { accountId: randomUUID() }, expiresAt: Date.now() + 60_000 }
    for (const session of [...mine, other]) await driver.stores.sessions.set(session)
    await driver.stores.sessions.destroyOthers(accountId, mine[1]?.id ?? null)
    for (const session of mine) await driver.stores.sessions.set(session)
    const standing = await Promise.all([...mine, other].map(({ id }) => driver.stores.sessions.get(id)))
    assert.equal(await driver.stores.sessions.byAccount(accountId), [mine[1]])
    assert.equal(
      standing.map((session) => session !== null),
      [false, true, false, true],
    )
    await driver.stores.sessions.destroyOthers(accountId, null)
    assert.is(await driver.stores.sessions.get(mine[1]?.id ?? ''), null)
  })

  stores('knows a key by its digest, and removes it for its own channel only', async () => {
    const key = keyOf()
    await driver.stores.keys.insert(key)
    assert.equal(await driver.stores.keys.byDigest(key.digest), key)
    await driver.stores.keys.touch(key.id, 1_000_000)
    assert.is((await driver.stores.keys.byDigest(key.digest))?.lastUsedAt, 1_000_000)
    assert.is(await driver.stores.keys.remove('another', key.id), false)
    assert.is((await driver.stores.keys.byChannel(key.channelId)).length, 1)
    assert.is(await driver.stores.keys.remove(key.channelId, key.id), true)
    assert.is(await driver.stores.keys.byDigest(key.digest), null)
  })

  stores('keeps one source a channel and platform, however many are put at once', async () => {
    const source = sourceOf({})
    await Promise.all(['one', 'two', 'three'].map((name) => driver.stores.sources.put({ ...source, name })))
    assert.is((await driver.stores.sources.byChannel(source.channelId)).length, 1)
    const whole = { ...source, name: 'four', enabled: false, autoStream: true, options: { 'a.b': 'c', $set: 'd' } }
    await driver.stores.sources.put(whole)
    assert.equal(await driver.stores.sources.byChannel(source.channelId), [whole])
    const other = sourceOf({ channelId: source.channelId, platform: 'othertube' })
    await driver.stores.sources.put(other)
    assert.is((await driver.stores.sources.byChannel(source.channelId)).length, 2)
    const mine = (await driver.stores.sources.all()).filter(({ channelId }) => channelId === source.channelId)
    assert.is(mine.length, 2)
  })

  stores('keeps what was learnt of a source, only while that channel is followed', async () => {
    const source = sourceOf({ secrets: { key: 'sealed' } })
    await driver.stores.sources.put(source)
    const facts = { id: '41', 'dotted.name': 'x' }
    await driver.stores.sources.learn(source, { facts })
    await driver.stores.sources.learn(source, { broadcast: { live: true, at: 5, title: 'Evening' } })
    const learnt = { ...source, facts, broadcast: { live: true, at: 5, title: 'Evening' } }
    assert.equal(await driver.stores.sources.byChannel(source.channelId), [learnt])
    await driver.stores.sources.learn({ ...source, name: 'another' }, { facts: {}, broadcast: null })
    assert.equal(await driver.stores.sources.byChannel(source.channelId), [learnt])
    await driver.stores.sources.learn(sourceOf({}), { facts })
  })

  stores('removes a source of its own channel only', async () => {
    const source = sourceOf({})
    await driver.stores.sources.put(source)
    assert.is(await driver.stores.sources.remove(randomUUID(), source.platform), false)
    assert.is(await driver.stores.sources.remove(source.channelId, 'othertube'), false)
    assert.is(await driver.stores.sources.remove(source.channelId, source.platform), true)
    assert.is(await driver.stores.sources.remove(source.channelId, source.platform), false)
    assert.equal(await driver.stores.sources.byChannel(source.channelId), [])
  })

  stores('lets one of many parallel starts have the channel', async () => {
    const channelId = randomUUID()
    const starts = Array.from({ length: 10 }, () => driver.stores.streams.insert(streamOf({ channelId })))
    const outcomes = await Promise.allSettled(starts)
    assert.is(outcomes.filter(({ status }) => status === 'fulfilled').length, 1)
    for (const outcome of outcomes) if (outcome.status === 'rejected') assert.is(outcome.reason.code, 'stream_live')
    const live = await driver.stores.streams.liveOf(channelId)
    assert.is(live?.channelId, channelId)
    assert.is((await driver.stores.streams.live()).filter((stream) => stream.channelId === channelId).length, 1)
    const titled = await driver.stores.streams.update(live?.id ?? '', { title: 'Evening' })
    assert.is(titled?.auto, live?.auto)
    const ended = await driver.stores.streams.update(live?.id ?? '', { endedAt: 9, messages: 4 })
    assert.equal(ended, { ...live, endedAt: 9, messages: 4 })
    assert.is(await driver.stores.streams.liveOf(channelId), null)
    await driver.stores.streams.insert(streamOf({ channelId }))
  })

  stores('pages streams newest first, also those of the same moment', async () => {
    const channelId = randomUUID()
    const streams = [5, 3, 3, 3, 1].map((startedAt) => streamOf({ channelId, startedAt, endedAt: startedAt + 1 }))
    for (const stream of [...streams, streamOf({})]) await driver.stores.streams.insert(stream)
    const seen: Stream[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<Stores['streams']['page']>> = await driver.stores.streams.page(
        channelId,
        2,
        cursor,
      )
      seen.push(...page.items)
      cursor = page.next
    } while (cursor !== null)
    assert.is(new Set(seen.map(({ id }) => id)).size, 5)
    assert.equal(
      seen.map(({ startedAt }) => startedAt),
      [5, 3, 3, 3, 1],
    )
    await refused('bad_request', driver.stores.streams.page(channelId, 2, '%%%'))
    assert.is(await driver.stores.streams.remove(seen[0]?.id ?? ''), true)
    assert.is(await driver.stores.streams.remove(seen[0]?.id ?? ''), false)
  })

  stores('narrows the streams of a channel, and pages them in another order', async () => {
    const channelId = randomUUID()
    const { streams } = driver.stores
    const summary = { chatters: 2, peak: 3, platforms: ['red'] }
    const given = [
      { title: 'Friday (1)', startedAt: 10, messages: 5 },
      { title: 'Saturday', startedAt: 20, messages: 9 },
      { title: 'friday.2', startedAt: 30, messages: 5 },
    ].map((each) => streamOf({ channelId, endedAt: 40, ...each }))
    for (const stream of given) await streams.insert(stream)
    await streams.update(given[1]?.id ?? '', { summary })
    const titles = async (narrow: Narrow, limit = 9, before: string | null = null) => {
      const page = await streams.page(channelId, limit, before, false, narrow)
      return { titles: page.items.map(({ title }) => title).join(), next: page.next }
    }
    assert.is((await titles({ title: 'FRIDAY' })).titles, 'friday.2,Friday (1)')
    assert.is((await titles({ title: '(' })).titles, 'Friday (1)')
    assert.is((await titles({ from: 20, to: 30 })).titles, 'Saturday')
    assert.is((await titles({ platform: 'red' })).titles, 'Saturday')
    assert.is((await titles({ order: 'oldest' })).titles, 'Friday (1),Saturday,friday.2')
    const first = await titles({ order: 'messages' }, 2)
    const rest = await titles({ order: 'messages' }, 2, first.next)
    assert.is(first.titles.split(',')[0], 'Saturday')
    assert.equal([...first.titles.split(','), rest.titles].sort(), ['Friday (1)', 'Saturday', 'friday.2'])
    await refused('bad_request', titles({ order: 'oldest' }, 2, '%%%'))
    assert.equal((await streams.byId(given[1]?.id ?? ''))?.summary, summary)
  })

  stores('keeps over a restart that a stream was deleted, and for how long a channel keeps its streams', async () => {
    const [channelId, deletedAt] = [randomUUID(), Date.now()]
    const [kept, gone] = [streamOf({ channelId, endedAt: 5 }), streamOf({ channelId, endedAt: 9, startedAt: 2 })]
    for (const stream of [kept, gone]) await driver.stores.streams.insert(stream)
    const channel = { id: channelId, accountId: randomUUID(), name: 'one', rules: NO_RULES, createdAt: 1 }
    await driver.stores.channels.insert(channel)
    await driver.stores.channels.setRetention(channelId, 30)
    assert.equal(await driver.stores.streams.update(gone.id, { deletedAt }), { ...gone, deletedAt })
    driver = await driver.reopen()
    const { streams, channels } = driver.stores
    assert.equal((await streams.page(channelId, 10, null)).items, [kept])
    assert.equal((await streams.page(channelId, 10, null, true)).items, [{ ...gone, deletedAt }])
    assert.equal(await streams.deletedBefore(deletedAt, 10), [])
    assert.equal(await streams.deletedBefore(deletedAt + 1, 10), [{ ...gone, deletedAt }])
    assert.equal(await streams.endedBefore(channelId, 9, 10), [kept])
    assert.is(await streams.countEndedBefore(channelId, 10), 2)
    assert.equal(await streams.update(gone.id, { deletedAt: null }), gone)
    const own = (await channels.retained()).filter(({ id }) => id === channelId)
    assert.equal(own, [{ id: channelId, retentionDays: 30 }])
    await channels.setRetention(channelId, null)
    assert.is((await channels.byId(channelId))?.retentionDays, null)
  })

  stores('keeps everything over a restart', async () => {
    const [account, overlay, key] = [accountOf({}), overlayOf({}), keyOf()]
    const [live, ended] = [streamOf({ auto: true }), streamOf({ endedAt: 2 })]
    const source = sourceOf({ facts: { id: '41' }, broadcast: { live: true, at: 5 } })
    const session = { id: randomUUID(), data: { accountId: account.id }, expiresAt: Date.now() + 60_000 }
    const destroyed = { ...session, id: randomUUID() }
    await driver.stores.accounts.insert(account)
    await driver.stores.overlays.insert(overlay)
    await driver.stores.keys.insert(key)
    await driver.stores.sources.put(source)
    for (const stream of [live, ended]) await driver.stores.streams.insert(stream)
    await driver.stores.sessions.set(session)
    await driver.stores.sessions.destroy(destroyed.id)
    driver = await driver.reopen()
    assert.equal(await driver.stores.accounts.byHandle(account.handle), account)
    assert.equal(await driver.stores.overlays.byId(overlay.id), overlay)
    assert.equal(await driver.stores.keys.byDigest(key.digest), key)
    assert.equal(await driver.stores.streams.liveOf(live.channelId), live)
    assert.equal(await driver.stores.streams.byId(ended.id), ended)
    assert.equal(await driver.stores.sources.byChannel(source.channelId), [source])
    assert.equal(await driver.stores.sessions.get(session.id), session)
    await driver.stores.sessions.set(destroyed)
    assert.is(await driver.stores.sessions.get(destroyed.id), null)
  })

  stores.run()
}

function inviteOf(change: Partial<Invite>): Invite {
  const [id, digest, channelId, by] = [randomUUID(), randomUUID(), randomUUID(), randomUUID()]
  const expiresAt = Date.now() + 60_000
  return { id, digest, channelId, role: 'viewer', name: '', by, createdAt: 1, expiresAt, ...change }
}

function accountOf(change: Partial<Account>): Account {
  const id = randomUUID()
  const account = {
    id,
    username: 'Mira',
    handle: `mira-${id}`,
    passwordHash: 'hash',
    owner: false,
    sessionEpoch: 1,
    createdAt: 1,
  }
  return { ...account, ...change }
}

function overlayOf(change: Partial<Overlay>): Overlay {
  const overlay = {
    id: randomUUID(),
    channelId: randomUUID(),
    name: 'Main',
    settings: { theme: DEFAULT_SETTINGS.theme },
    keyVersion: 1,
  }
  return { ...overlay, createdAt: 1, ...change }
}

function dockOf(change: Partial<Dock>): Dock {
  const dock = { id: randomUUID(), channelId: randomUUID(), name: 'Chat', keyVersion: 1, createdAt: 1 }
  return { ...dock, scope: 'moderate', ...change }
}

function deedOf(change: Partial<Deed>): Deed {
  const deed = { id: randomUUID(), channelId: randomUUID(), at: Date.now(), author: 'Mira', text: 'words' }
  const by = { kind: 'account', id: 'a1', name: 'Otter' } as const
  return { ...deed, by, what: 'hide', target: { id: 'twitch:m1' }, undoes: null, undoneBy: null, ...change }
}

function keyOf(): ApiKey {
  const key = { id: randomUUID(), channelId: randomUUID(), name: 'bot', digest: randomUUID(), createdAt: 1 }
  return { ...key, scopes: ['produce'], lastUsedAt: null }
}

function sourceOf(change: Partial<StoredSource>): StoredSource {
  const source = {
    channelId: randomUUID(),
    platform: 'testtube',
    name: 'cool_channel',
    enabled: true,
    autoStream: false,
  }
  return { ...source, options: {}, secrets: {}, facts: {}, broadcast: null, createdAt: 1, ...change }
}

function streamOf(change: Partial<Stream>): Stream {
  const stream = {
    id: randomUUID(),
    channelId: randomUUID(),
    title: 'Evening',
    startedAt: 1,
    endedAt: null,
    messages: 0,
  }
  return { ...stream, ...change }
}
