import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { OverlayView } from '../../server/api/overlays.ts'
import type { FromArchiveServer } from './archive-words.ts'
import { Child } from './line-child.ts'
import type { FromOverlays, Open } from './memory-words.ts'
import { Client } from './neighbour-client.ts'
import type { Report } from './report.ts'
import { flagsOfStart } from './start-flags.ts'

export const name = 'memory'
export const goal =
  'resident memory: ≤ 12 kB a connected overlay, ≤ 1.5 MiB one that never reads, and those are cut off'

const READERS = 1_000
const DEAF = 100
const KB = 1_000
const MIB = 1_024 * 1_024
/** Pushed until all deaf ones are cut off: the kernel takes some MB for each before anything waits here. */
const PUSHES = 400
const LINES = 250
const LETTERS = 400
const SETTLE_MS = 2_000

type Server = Child<FromArchiveServer>
type Overlays = Child<FromOverlays>

export async function run(report: Report): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'crosschat-bench-'))
  const server: Server = new Child('archive-server', [dataDir], { flags: await flagsOfStart() })
  try {
    const { base } = await server.hear('ready')
    const { client, key } = await enter(base)
    const overlays: Overlays = new Child('memory-overlays', [base])
    await overlays.hear('ready')
    await push(client, 0)
    await open(overlays, { key, count: READERS, deaf: false })
    await settled()
    const before = await resident(server.pid)
    await open(overlays, { key, count: READERS, deaf: false })
    await settled()
    const each = ((await resident(server.pid)).now - before.now) / READERS
    report.row({
      what: `each of ${READERS.toLocaleString('en')} more overlays that are connected`,
      measured: each / KB,
      unit: 'kB',
      better: 'lower',
      goal: { text: '≤ 12 kB', met: each <= 12 * KB },
    })
    await overlays.end()
    await settled()
    await beside(report, { server, base, client, key })
    client.close()
  } finally {
    await server.end()
    await rm(dataDir, { recursive: true, force: true })
  }
  report.note(
    `The deaf ones are sent messages of ${LETTERS} letters until all are cut off. What the kernel holds for them is no part of the figures.`,
  )
}

interface Parts {
  server: Server
  base: string
  client: Client
  key: string
}

/** The same pushes before nobody, and before overlays that never read: what the server held at most. */
async function beside(report: Report, { server, base, client, key }: Parts): Promise<void> {
  for (let nth = 1; nth <= PUSHES; nth++) await push(client, nth)
  const alone = await resident(server.pid)
  const overlays: Overlays = new Child('memory-overlays', [base])
  await overlays.hear('ready')
  await open(overlays, { key, count: DEAF, deaf: true })
  let most = 0
  let pushes = 0
  while (pushes < PUSHES && ((await cut(base)) < DEAF || pushes === 0)) {
    await push(client, PUSHES + ++pushes)
    most = Math.max(most, (await resident(server.pid)).now)
  }
  const closed = await cut(base)
  await overlays.end()
  const each = Math.max(0, most - alone.most) / DEAF
  report.row({
    what: `resident memory at most, before ${DEAF} overlays that never read`,
    measured: most / 1e6,
    unit: 'MB',
    better: 'lower',
    baseline: { what: 'before nobody', measured: alone.most / 1e6 },
    goal: { text: '≤ 1.5 MiB each', met: each <= 1.5 * MIB },
  })
  report.row({
    what: 'of them cut off',
    measured: closed,
    unit: '',
    better: 'higher',
    goal: { text: 'all', met: closed === DEAF },
  })
}

async function enter(base: string): Promise<{ client: Client; key: string }> {
  const answer = await fetch(`${base}/api/auth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ username: 'sample_streamer', password: 'a password of the bench' }),
  })
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';')[0])
  const client = new Client(base, cookie.join('; '))
  const { items }: { items: OverlayView[] } = JSON.parse((await client.ask({ path: '/api/overlays' })).text)
  return { client, key: items[0]?.url.split('#')[1] ?? '' }
}

async function push(client: Client, nth: number): Promise<void> {
  const lines = Array.from({ length: LINES }, (_, of) => {
    const id = `00000000-0000-4000-8000-${String(nth * LINES + of).padStart(12, '0')}`
    return `@id=${id};user-id=41;display-name=Quiet_Otter;tmi-sent-ts=1780000000000 :quiet_otter!quiet_otter@quiet_otter.tmi.twitch.tv PRIVMSG #cool_channel :${'lantern '.repeat(LETTERS / 8)}`
  })
  const headers = { 'content-type': 'text/plain' }
  const body = lines.join('\r\n')
  const { status, text } = await client.ask({ method: 'POST', path: '/api/producers/twitch', body, headers })
  if (status !== 202) throw new Error(`A push was answered with ${status}: ${text}`)
}

async function open(overlays: Overlays, word: Open): Promise<void> {
  const opened = overlays.hear('open')
  overlays.say(word)
  await opened
}

/** How many the server has closed for falling behind. */
async function cut(base: string): Promise<number> {
  const figures = await (await fetch(`${base}/metrics`)).text()
  return Number(/^cc_slow_closed_total (\d+)$/m.exec(figures)?.[1] ?? 0)
}

/** Bytes now and at most. */
async function resident(pid: number): Promise<{ now: number; most: number }> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  const bytes = (field: string) => Number(new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1]) * 1_024
  return { now: bytes('VmRSS'), most: bytes('VmHWM') }
}

function settled(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SETTLE_MS))
}
