import type { InviteView, OverlayView, StreamView } from '../../server/api.ts'
import { NO_RULES } from '../../workers/ruled.ts'
import { ircLine, Panel } from './panel.ts'

/** A channel in the middle of its life: past streams, one that runs, and something in every list of the panel. */
export interface BusyChannel {
  panel: Panel
  /** An ended stream with 120 messages, of many people. */
  stream: StreamView
  overlay: OverlayView
  invite: string
}

const NAMES = [
  'Noodle_Knight',
  'Quiet_Otter',
  'ليلى_الهادئة',
  'Marzipan',
  '静かな川',
  'A_Name_That_Does_Not_End_So_Soon',
  'שקט_מאוד',
]
const TEXTS = [
  'good luck tonight!',
  'that jump was impossible',
  'مرحبا بالجميع في البث',
  'see https://clips.twitch.tv/InventedClip for how it went',
  'お疲れさまです、今日もよろしくお願いします',
  'שלום לכולם',
  'averylongwordwithoutanyspacesinitthathastobreaksomewherebecauseitgoesonandonandonuntilthecolumnends',
  '!commands',
]

export const TITLES = [
  'An evening by the lake',
  'A title that somebody wrote out in full because they wanted everybody to know what it was about',
] as const

export async function fillChannel(base: string, username: string): Promise<BusyChannel> {
  const panel = await Panel.register(base, username)
  const stream = await pastStream(panel, TITLES[0])
  await pastStream(panel, TITLES[1])
  await panel.json('PUT', '/api/moderation/rules', {
    ...NO_RULES,
    words: ['spoiler', { text: 'ass', match: 'whole', action: 'hold' }],
    users: ['loud_goose'],
    links: { action: 'hold', allow: ['clips.twitch.tv'] },
    repeats: { action: 'hide', within: 30 },
  })
  await panel.startStream('Tonight')
  await panel.pushLines(lines('live', 60))
  await panel.pushLines([
    ircLine('held-1', 'look at https://invented.example/free', 'Newcomer'),
    ircLine('word-1', 'a spoiler: they win', 'Marzipan'),
  ])
  await moderated(panel)
  const [overlay] = (await panel.json<{ items: OverlayView[] }>('GET', '/api/overlays')).items
  if (overlay === undefined) throw new Error('The account has no overlay.')
  return { panel, stream, overlay, invite: await listed(panel) }
}

async function pastStream(panel: Panel, title: string): Promise<StreamView> {
  const stream = await panel.startStream(title)
  await panel.pushLines(lines(title.slice(0, 12).replaceAll(' ', '-'), 120))
  await panel.endStream()
  return stream
}

function lines(id: string, count: number): string[] {
  return Array.from({ length: count }, (_, nth) => {
    const name = NAMES[nth % NAMES.length] ?? ''
    return ircLine(`${id}-${nth}`, `${TEXTS[nth % TEXTS.length]} (${nth})`, name).replace(
      'user-id=1001',
      `user-id=${1_001 + (nth % NAMES.length)}`,
    )
  })
}

async function moderated(panel: Panel): Promise<void> {
  await panel.json('POST', '/api/moderation/hide', { id: 'twitch:live-40' })
  await panel.json('POST', '/api/moderation/feature', { id: 'twitch:live-50' })
  await panel.json('POST', '/api/moderation/people', {
    platform: 'twitch',
    authorId: '77',
    name: 'Loud_Goose',
    note: 'sells things',
  })
  await panel.json('POST', '/api/moments', { id: 'twitch:live-48' })
}

/** @returns the path of an invitation in the panel's address */
async function listed(panel: Panel): Promise<string> {
  await panel.json('POST', '/api/docks', { name: 'Side screen', scope: 'moderate' })
  await panel.json('POST', '/api/keys', { name: 'my bridge', scopes: ['produce'] })
  await panel.json('POST', '/api/webhooks', {
    name: 'my bot',
    url: 'https://bot.invalid/crosschat',
    events: ['stream'],
  })
  await panel.json('POST', '/api/overlays', { name: 'Second screen', settings: { theme: 'neon' } })
  const { url } = await panel.json<InviteView>('POST', '/api/invites', { role: 'moderator', name: 'the badger' })
  return `invite/${url?.split('/').at(-1)}`
}
