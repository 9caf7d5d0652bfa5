import { existsSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import type { ProducedView } from '../../server/api/sources.ts'
import type { SourceView } from '../../server/protocol.ts'
import { Listener } from '../help/listener.ts'
import { alone } from '../help/one-server.ts'
import { NOWHERE } from '../help/outside.ts'
import { ircLine, Panel } from '../help/panel.ts'
import { startServer, temporaryData } from '../help/server.ts'
import { serversWanted } from '../help/several.ts'
import { TwitchEventSub } from '../help/stand-ins/twitch-eventsub.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'

const HASTE = '1000'

const test = suite('what was shown, after a restart')

/** A chat message as Twitch's EventSub delivers it. */
function delivered(id: string, text: string): object {
  const who = (role: string, user: string, login: string) => ({
    [`${role}_user_id`]: user,
    [`${role}_user_login`]: login,
    [`${role}_user_name`]: login,
  })
  const message = { text, fragments: [{ type: 'text', text, cheermote: null, emote: null, mention: null }] }
  const event = {
    ...who('broadcaster', '2002', 'cool_channel'),
    ...who('chatter', '1001', 'noodle_knight'),
    message_id: id,
    message,
    message_type: 'text',
    color: '#1E90FF',
    badges: [],
    cheer: null,
    reply: null,
  }
  return { subscription: { type: 'channel.chat.message', condition: { broadcaster_user_id: '2002' } }, event }
}

/** The file in which one server keeps what it has shown. 8 bytes of head and 8 for each. */
const marksOf = (dataDir: string, channelId: string) => join(dataDir, 'marks', channelId)
const HEAD_BYTES = 8
const MARK_BYTES = 8

async function untilKept(file: string, marks: number): Promise<void> {
  while (!existsSync(file) || statSync(file).size < HEAD_BYTES + marks * MARK_BYTES) await sleep(10)
}

for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
  test(`is a duplicate after ${signal}, also when no stream runs`, async () => {
    const data = await temporaryData()
    const irc = await TwitchIrc.start(0, { haste: Number(HASTE) })
    const sender = new TwitchEventSub()
    const env = { ...NOWHERE, ...irc.env, ...sender.env, CROSSCHAT_HASTE: HASTE }
    const first = await startServer({ dataDir: data.path, env })
    const panel = await Panel.register(first.base, 'shown_once')
    const { id: channelId } = (await panel.me()).channel
    const source = await panel.json<SourceView>('PUT', '/api/sources/twitch', { channel: 'cool_channel' })
    const { key } = await panel.overlay()
    const before = await Listener.open(first.base, key)
    assert.is((await sender.deliver(first.base + source.hook, delivered('once', 'a signed one'))).status, 204)
    await panel.pushLines([ircLine('pushed', 'a pushed one')])
    await before.until(() => before.events.length === 2)
    // Several servers share it in Redis, in which the chat of before still stands.
    const several = serversWanted() > 1
    if (!several) await untilKept(marksOf(data.path, channelId), 2)
    await first.end(signal)

    const next = await startServer({ dataDir: data.path, env })
    const again = panel.at(next.base)
    const after = await Listener.open(next.base, key)
    assert.is((await sender.deliver(next.base + source.hook, delivered('once', 'a signed one'))).status, 204)
    const lines = [ircLine('pushed', 'a pushed one'), ircLine('new', 'a new one')]
    const produced: ProducedView = await again.pushLines(lines)
    assert.equal([produced.accepted, produced.duplicates], [1, 1])
    await after.until(() => after.events.some(({ id }) => id === 'twitch:new'))
    assert.equal(
      after.events.map(({ id }) => id),
      [...(several ? ['twitch:once', 'twitch:pushed'] : []), 'twitch:new'],
    )
    for (const each of [before, after]) each.close()
    await next.end('SIGKILL')
    await irc.close()
    await data.remove()
  })
}

alone(test)('is only forgotten where its file is damaged', async () => {
  const data = await temporaryData()
  const env = { ...NOWHERE, CROSSCHAT_HASTE: HASTE }
  const first = await startServer({ dataDir: data.path, env })
  const panel = await Panel.register(first.base, 'shown_twice')
  const file = marksOf(data.path, (await panel.me()).channel.id)
  await panel.pushLines([ircLine('pushed', 'a pushed one')])
  await untilKept(file, 1)
  assert.is(statSync(file).mode & 0o777, 0o600)
  await first.end()
  await writeFile(file, 'damaged')
  const next = await startServer({ dataDir: data.path, env })
  const forgotten = await panel.at(next.base).pushLines([ircLine('pushed', 'a pushed one')])
  assert.is(forgotten.accepted, 1)
  await next.end('SIGKILL')
  await data.remove()
})

test.run()
