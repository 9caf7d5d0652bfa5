import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Draft } from '../../workers/message.ts'
import { twitch } from '../../workers/platforms/twitch/index.ts'
import { Repeats } from '../../workers/repeats.ts'
import { type Ruled, UNRULED } from '../../workers/ruled.ts'
import { judge, prepareRules } from '../../workers/rules.ts'
import type { Report } from './report.ts'

export const name = 'normalise'
export const goal = 'Twitch lines a second through parse and normalise on one core: ≥ 100 k/s'

const GOAL = 100_000
const WARM_UP_MS = 1_000
const MEASURE_MS = 3_000
const MAX_LINES = 500
/** Twenty words, and every rule that looks at a text. */
const TYPICAL: Ruled = {
  ...UNRULED,
  words: Array.from({ length: 20 }, (_, nth) => `unwanted word ${nth}`),
  commands: true,
  bots: true,
  links: { action: 'hold', allow: ['twitch.tv'] },
  caps: { action: 'hold', share: 70, least: 8 },
  repeats: { action: 'hold', within: 30 },
  firstTimers: true,
}
const HEADERS = { 'content-type': 'text/plain' }

export async function run(report: Report): Promise<void> {
  const { lines, from } = recorded() ?? simulated()
  const body = lines.slice(0, MAX_LINES).join('\r\n')
  work(body, WARM_UP_MS, () => {})
  const measured = work(body, MEASURE_MS, () => {})
  const goalMet = { text: '≥ 100 k/s', met: measured >= GOAL }
  report.row({ what: `parse and normalise, ${from}`, measured, unit: '/s', better: 'higher', goal: goalMet })
  const encoded = work(body, MEASURE_MS, (event) => JSON.stringify(event))
  report.row({ what: 'the same, and encoded as JSON', measured: encoded, unit: '/s', better: 'higher' })
  const ruling = prepareRules(TYPICAL)
  const repeats = new Repeats()
  const judged = work(body, MEASURE_MS, (event) => judge(event, ruling, repeats))
  report.row({ what: 'the same, and judged by typical rules', measured: judged, unit: '/s', better: 'higher' })
  report.note(`${Math.min(lines.length, MAX_LINES)} different lines, again and again, on one core.`)
}

/** Lines a second, for about so many ms. */
function work(body: string, ms: number, each: (event: Draft) => void): number {
  const started = performance.now()
  let lines = 0
  for (let round = 0; performance.now() - started < ms; round++) {
    const payloads = twitch.read(body, HEADERS)
    lines += payloads.length
    for (const payload of payloads) {
      const context = { receivedAt: 1_780_000_000_000, delivery: `${round}` }
      for (const event of twitch.normalise(payload, context).events) each(event)
    }
  }
  return lines / ((performance.now() - started) / 1_000)
}

/** Real lines, where the folder of recorded payloads is there. */
function recorded(): { lines: string[]; from: string } | null {
  const folder = process.env.CROSSCHAT_FIXTURES ?? join(process.cwd(), '..', 'shared', 'fixtures')
  const files = ['twitch-irc.jsonl', 'twitch-irc-more.jsonl'].map((file) => join(folder, file))
  if (!files.every((file) => existsSync(file))) return null
  const lines = files.flatMap((file) => readFileSync(file, 'utf8').trim().split('\n'))
  return { lines: lines.map((line) => (JSON.parse(line) as { line: string }).line), from: 'recorded lines' }
}

function simulated(): { lines: string[]; from: string } {
  const sample = (i: number) =>
    twitch.sample({
      id: `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      at: 1_780_000_000_000 + i,
      kind: 'message',
      name: `viewer_${i}`,
      text: `message number ${i}, with a Kappa or two Kappa`,
      color: '#1e90ff',
      roles: i % 3 === 0 ? ['sub'] : [],
    }).body
  return { lines: Array.from({ length: MAX_LINES }, (_, i) => sample(i)), from: 'sample lines' }
}
