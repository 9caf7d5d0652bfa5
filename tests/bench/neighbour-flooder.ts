import { readdirSync } from 'node:fs'
import { getPriority, setPriority } from 'node:os'
import { WebSocket } from 'ws'
import { OFTEN, PASSWORD, USERNAME } from './archive-history.ts'
import { type Asking, Client } from './neighbour-client.ts'
import type { Flood, FromFlooder, Go, Who } from './neighbour-words.ts'

/** One tenant who does as much as they are let, of everything that they are told: `node neighbour-flooder.js WHO STREAM OVERLAY`. */

/** It waits for the server where both want a core: so much nicer than that. */
const NICER = 10
const NICEST = 19
const LINES = 500
const WORDS = 1_000
/** Connections of each flood. */
const CONNECTIONS: Readonly<Record<Flood, number>> = {
  push: 8,
  signIn: 16,
  exports: 4,
  searches: 8,
  reads: 8,
  changes: 8,
  pages: 40,
}
/** Between two calls of a connection whose last one was refused as too many: the answer itself is nothing to flood with. */
const REFUSED_PAUSE_MS = 20
/** Sign-ins come from as many addresses: by address alone they would soon be refused. */
const ADDRESSES = 200

const { base, cookie, key }: Who = JSON.parse(process.argv[2] ?? '{}')
const [, , , stream = '', overlay = ''] = process.argv
const client = new Client(base, cookie)
let said = 0
let asked = 0
let running = false
let counted: FromFlooder & { type: 'done' } = { type: 'done', answers: {}, cpu: 0 }

const ACTS: Readonly<Record<Flood, () => Promise<number>>> = {
  push: () => status({ method: 'POST', path: '/api/producers/twitch', body: lines(), headers: TEXT }),
  signIn: () => status(wrongPassword()),
  exports: () => status({ path: `/api/streams/${stream}/export?format=html&names=pseudonyms`, drop: true }),
  searches: () => status({ path: `/api/search?limit=50&q=${asked++ % 2 === 0 ? OFTEN : 'quagga'}` }),
  reads: () => status({ path: `/api/streams/${stream}/events?limit=500&q=${asked++ % 2 === 0 ? OFTEN : ''}` }),
  changes: () => status(change()),
  pages: page,
}
const TEXT = { 'content-type': 'text/plain' }

stepBack()
process.on('message', (word: Go) => void go(word))
process.on('disconnect', () => process.exit(0))
say({ type: 'ready' })

let ended: Promise<unknown> = Promise.resolve()
let before = process.cpuUsage()
let began = 0

async function go({ floods }: Go): Promise<void> {
  running = false
  await ended
  if (floods.length === 0) {
    const { user, system } = process.cpuUsage(before)
    return say({ ...counted, cpu: (user + system) / ((performance.now() - began) * 10) })
  }
  counted = { type: 'done', answers: {}, cpu: 0 }
  running = true
  before = process.cpuUsage()
  began = performance.now()
  ended = Promise.all(floods.flatMap((flood) => Array.from({ length: CONNECTIONS[flood] }, () => repeat(flood))))
}

async function repeat(flood: Flood): Promise<void> {
  while (running) {
    const code = await ACTS[flood]()
    const answers = counted.answers[flood] ?? {}
    answers[code] = (answers[code] ?? 0) + 1
    counted.answers[flood] = answers
    if (code === 429 || code === 503) await new Promise((resolve) => setTimeout(resolve, REFUSED_PAUSE_MS))
  }
}

async function status(asking: Asking): Promise<number> {
  return (await client.ask(asking)).status
}

function lines(): string {
  return Array.from({ length: LINES }, () => {
    const nth = said++
    return `@id=10000000-0000-4000-8000-${String(nth).padStart(12, '0')};user-id=${nth % 999};display-name=Loud_Goose;tmi-sent-ts=1780000000000 :loud_goose!loud_goose@loud_goose.tmi.twitch.tv PRIVMSG #loud_channel :honk ${nth} and that is all there is`
  }).join('\r\n')
}

function wrongPassword(): Asking {
  const nth = asked++ % ADDRESSES
  const body = JSON.stringify({ username: nth % 2 === 0 ? USERNAME : `nobody_${asked}`, password: `${PASSWORD} not` })
  return { method: 'POST', path: '/api/auth/login', body, from: `127.0.1.${1 + nth}` }
}

/** As large as they may be. */
function change(): Asking {
  const nth = asked++
  if (nth % 3 === 0) {
    const customCss = `.row { margin: ${nth % 50}px }\n`.repeat(800)
    const body = JSON.stringify({ settings: { customCss } })
    return { method: 'PATCH', path: `/api/overlays/${overlay}`, body }
  }
  const words = Array.from({ length: WORDS }, (_, of) => `word ${of} ${nth} and more of it, up to a hundred letters`)
  const users = Array.from({ length: WORDS }, (_, of) => `somebody_${of}_${nth}`)
  const body = JSON.stringify({ words, users, commands: false, bots: false })
  return { method: 'PUT', path: '/api/moderation/rules', body }
}

/** Comes, says where it stood, is welcomed with all that is kept, goes. */
function page(): Promise<number> {
  const socket = new WebSocket(`${base.replace('http', 'ws')}/ws/overlay`, { perMessageDeflate: false })
  return new Promise((resolve) => {
    socket.on('open', () => socket.send(JSON.stringify({ type: 'hello', key, epoch: 'gone', seq: 1 })))
    socket.on('message', () => socket.terminate())
    socket.on('error', () => undefined)
    socket.on('close', (code) => resolve(code === 1006 ? 101 : code))
  })
}

/** On Linux each thread has a priority of its own, also those that collect garbage. */
function stepBack(): void {
  const nice = Math.min(NICEST, getPriority() + NICER)
  for (const thread of readdirSync('/proc/self/task')) setPriority(Number(thread), nice)
}

function say(word: FromFlooder): void {
  process.send?.(word)
}
