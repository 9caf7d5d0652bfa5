import { MAX_ITEMS } from '../../workers/platforms/platform.ts'
import { type Address, type Ended, type FromServer, type Go, microseconds } from './line-words.ts'

/** The load of the line bench, the same for both servers: native lines at an even pace, from the server's main thread. */

/** Hands over lines, one to a row, as one push. */
export type Submit = (body: string) => void

const TICK_MS = 1
/** What timers are late by on an idle machine. A line later than that was held up by the server, which counts. */
const GRAIN_US = 2_000

/** Says where the server listens, and submits on order. */
export function serve(address: Address, submit: Submit): void {
  process.on('message', (go: Go) => {
    void submitAll(go, submit).then((ended) => say({ type: 'ended', ...ended }))
  })
  say({ type: 'listening', ...address })
}

function say(word: FromServer): void {
  process.send?.(word)
}

function submitAll({ perSecond, warmUpMs, measureMs }: Go, submit: Submit): Promise<Ended> {
  const gap = 1e6 / perSecond
  const measured = Math.floor((warmUpMs * perSecond) / 1_000) + 1
  const total = Math.floor(((warmUpMs + measureMs) * perSecond) / 1_000)
  const started = microseconds()
  let submitted = 0
  let before = { at: started, usage: process.cpuUsage() }
  return new Promise((resolve) => {
    const timer = setInterval(tick, TICK_MS)
    function tick(): void {
      const now = microseconds()
      const due = Math.min(total, Math.floor((now - started) / gap))
      if (due === submitted) return
      const lines: string[] = []
      while (submitted < due) {
        submitted++
        lines.push(nativeLine(submitted, Math.min(now, Math.floor(started + submitted * gap + GRAIN_US))))
      }
      while (lines.length > 0) submit(lines.splice(0, MAX_ITEMS).join('\r\n'))
      if (submitted < measured) before = { at: now, usage: process.cpuUsage() }
      if (submitted < total) return
      clearInterval(timer)
      const { user, system } = process.cpuUsage(before.usage)
      resolve({ measured, submitted, at: now, cpu: (100 * (user + system)) / (now - before.at) })
    }
  })
}

const AUTHORS = 500
const EMOTE = 'Kappa'
const EMOTE_ID = 25

/** A message as Twitch sends it; its text begins with the moment of its submission and its number. */
export function nativeLine(number: number, at: number): string {
  const author = number % AUTHORS
  const login = `sample_viewer_${author}`
  const words = `${at} ${number} that jump was unreal, do it again `
  const id = `0f6d7a34-5f0e-4f57-a7c0-${String(number).padStart(12, '0')}`
  const emotes = `${EMOTE_ID}:${words.length}-${words.length + EMOTE.length - 1}`
  const tags = `@badge-info=subscriber/7;badges=subscriber/6;color=#1E90FF;display-name=${login};emotes=${emotes};first-msg=0;flags=;id=${id};mod=0;returning-chatter=0;room-id=2002;subscriber=1;tmi-sent-ts=${Date.now()};turbo=0;user-id=${900_000_000 + author};user-type=`
  return `${tags} :${login}!${login}@${login}.tmi.twitch.tv PRIVMSG #sample_channel :${words}${EMOTE}`
}

/** Moment and number, as they stand in the text of an event. */
export function stampOf(text: string): { at: number; number: number } {
  const [at, number] = text.split(' ', 2)
  return { at: Number(at), number: Number(number) }
}
