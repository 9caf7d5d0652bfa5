import { Kick } from '../help/stand-ins/kick.ts'
import { TwitchIrc } from '../help/stand-ins/twitch-irc.ts'
import { YouTube } from '../help/stand-ins/youtube.ts'
import type { FromStandIns, ToStandIns } from './sources-words.ts'

/** A process with the platforms, that a thousand sources connect to. Run by a loader, as the stand-ins are tests' own. */

const GONE_MS = 2_000

let chats = await open([0, 0, 0])
const env = Object.assign({}, ...chats.map((chat) => chat.env)) as Record<string, string>
const ports = [env.CROSSCHAT_TWITCH_IRC_URL, env.CROSSCHAT_YOUTUBE_API_URL, env.CROSSCHAT_KICK_API_URL].map((url) =>
  Number(new URL(url ?? '').port),
)

process.on('message', (word: ToStandIns) => void hear(word))
process.once('disconnect', () => process.exit(0))
say({ type: 'listening', env })

function open([twitch = 0, youtube = 0, kick = 0]: number[]) {
  return Promise.all([TwitchIrc.start(twitch), YouTube.start(youtube), Kick.start(kick)])
}

async function hear(word: ToStandIns): Promise<void> {
  if (word.type === 'say') {
    for (let time = 0; time < word.times; time++) for (const chat of chats) chat.say('Noodle_Knight', `message ${time}`)
    say({ type: 'said', violations: chats[0].violations.map(String) })
    return
  }
  await Promise.all(chats.map((chat) => chat.close()))
  await new Promise((resolve) => setTimeout(resolve, GONE_MS))
  chats = await open(ports)
  say({ type: 'restarted' })
}

function say(word: FromStandIns): void {
  process.send?.(word)
}
