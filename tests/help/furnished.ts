import * as assert from 'uvu/assert'
import type { InviteView } from '../../server/api/members.ts'
import { deleteLine, ircLine, Panel } from './panel.ts'
import type { RunningServer } from './server.ts'

const PUSHED_AT_ONCE = 300
const FORMATS = ['json', 'jsonl', 'csv', 'txt', 'html', 'srt']
const KEPT_CALLS = [
  'sources',
  'overlays',
  'members',
  'keys',
  'moderation/rules',
  'moderation/log',
  'invites',
  'webhooks',
]

/** A channel with something of everything, and a past stream of so many messages in which something was removed. */
export async function furnished(server: RunningServer, messages: number): Promise<{ owner: Panel; past: string }> {
  const owner = await Panel.register(server.base, 'Mossy_Otter')
  const { url = '' } = await owner.json<InviteView>('POST', '/api/invites', { role: 'moderator' })
  const member = await Panel.register(server.base, 'Noodle_Knight')
  await member.json('POST', '/api/invites/accept', { token: url.split('/').at(-1) })
  await owner.json('POST', '/api/invites', { role: 'viewer' })
  await owner.json('POST', '/api/keys', { name: 'a bot', scopes: ['produce'] })
  await owner.json('PUT', '/api/sources/twitch', {
    channel: 'cool_channel',
    secret: 'a long hook secret',
    enabled: false,
  })
  await owner.json('PUT', '/api/moderation/rules', { words: ['turnip'], users: [], commands: true, bots: false })
  // Nothing that it listens to happens from here on: it sends nothing.
  await owner.json('POST', '/api/webhooks', {
    name: 'a bot',
    url: 'https://bot.example/hook',
    events: ['moderation'],
  })
  const { id } = await owner.startStream('A past stream')
  for (let from = 0; from < messages; from += PUSHED_AT_ONCE) await owner.pushLines(lines('past', from, PUSHED_AT_ONCE))
  await owner.pushLines([deleteLine('past-7')])
  await owner.endStream()
  return { owner, past: id }
}

export function lines(prefix: string, from: number, count: number): string[] {
  return Array.from({ length: count }, (_, nth) =>
    ircLine(`${prefix}-${from + nth}`, `words of ${prefix} ${from + nth}`),
  )
}

/** All that a channel shows of itself, without the address of the server. */
export async function shown(panel: Panel): Promise<Record<string, string>> {
  const answers = await Promise.all(
    KEPT_CALLS.map(async (call) => [call, await (await panel.call('GET', `/api/${call}`)).text()] as const),
  )
  return Object.fromEntries(answers.map(([call, text]) => [call, text.replaceAll(panel.base, '')]))
}

export async function exports(panel: Panel, stream: string): Promise<string[]> {
  return Promise.all(
    FORMATS.map(async (format) => {
      const answer = await panel.call('GET', `/api/streams/${stream}/export?format=${format}`)
      assert.is(answer.status, 200)
      return answer.text()
    }),
  )
}

export async function messageIds(panel: Panel, stream: string): Promise<string[]> {
  return (await panel.transcript(stream)).flatMap((row) => (row.kind === 'message' ? [row.id] : []))
}
