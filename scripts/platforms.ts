import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { Emotes } from '../tests/help/stand-ins/emotes.ts'
import { Kick } from '../tests/help/stand-ins/kick.ts'
import type { ChatStandIn, StandIn } from '../tests/help/stand-ins/stand-in.ts'
import { TwitchIrc } from '../tests/help/stand-ins/twitch-irc.ts'
import { YouTube } from '../tests/help/stand-ins/youtube.ts'

/**
 * `npm run dev -- --platforms`: every platform and emote service as a stand-in on this machine, so that three chats flow without a
 * network. A line typed in the terminal makes one of them misbehave.
 */

/** Between two messages of one platform, ms. */
const SOONEST_MS = 400
const LATEST_MS = 2_500

const NAMES = [
  'PixelPanda',
  'Marta Lindqvist',
  'greenbean_77',
  'noodle_knight',
  'OlaNordhavn',
  'quiet_otter',
  'TofuTornado',
]
const TEXTS = [
  'that jump was unreal, do it again',
  'first time here, hi!',
  'gg wp Kappa',
  'the music fits so well',
  '今日もいい感じですね',
  'مرحبا بالجميع',
  'one more run, please 🙏',
  'LUL LUL',
  'how long have you been playing this? I only started last week',
]

export interface Platforms {
  /** Settings that make a server use the stand-ins. */
  env: Record<string, string>
  close(): Promise<void>
}

export async function startPlatforms(): Promise<Platforms> {
  const chats: ChatStandIn[] = await Promise.all([TwitchIrc.start(), YouTube.start(), Kick.start()])
  const all: StandIn[] = [...chats, await Emotes.start()]
  const flowing = new AbortController()
  for (const chat of chats) void flow(chat, flowing.signal)
  const terminal = listen(chats)
  return {
    env: Object.assign({}, ...all.map(({ env }) => env)) as Record<string, string>,
    async close() {
      flowing.abort()
      terminal.close()
      await Promise.all(all.map((each) => each.close()))
    },
  }
}

/** People write, now this one, now that one, until it is over. */
async function flow(chat: ChatStandIn, over: AbortSignal): Promise<void> {
  for (let turn = 0; !over.aborted; turn++) {
    chat.say(NAMES[turn % NAMES.length] ?? '', TEXTS[Math.floor(Math.random() * TEXTS.length)] ?? '')
    await sleep(SOONEST_MS + Math.random() * (LATEST_MS - SOONEST_MS))
  }
}

/** Makes a stand-in misbehave when somebody types its platform and the trouble; what does not pass by itself ends when it is typed again. */
function listen(chats: ChatStandIn[]): { close(): void } {
  for (const { platform, troubles } of chats) console.log(`  ${platform}: ${Object.keys(troubles).join(', ')}`)
  console.log('Type a platform and a trouble, as in: twitch drop')
  const ill = new Set<string>()
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const [platform = '', trouble = ''] = line.trim().split(/\s+/)
    const chat = chats.find((each) => each.platform === platform)
    const cure = chat?.cures?.[trouble]
    const name = `${platform} ${trouble}`
    const act = ill.delete(name) ? cure : chat?.troubles[trouble]
    if (act === undefined) return console.log(`There is no "${line.trim()}".`)
    if (act !== cure && cure !== undefined) ill.add(name)
    act()
    console.log(act === cure ? `${name} is over` : `${name}${cure === undefined ? '' : ': until it is typed again'}`)
  })
  return lines
}
