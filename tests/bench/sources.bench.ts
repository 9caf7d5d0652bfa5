import { Child } from './line-child.ts'
import type { Report, Row } from './report.ts'
import type { FromServer, FromStandIns, ToServer, ToStandIns } from './sources-words.ts'

export const name = 'sources'
export const goal =
  '1,000 followed channels on one process: connected within the platforms’ limits, cheap at rest, all back after the platforms restart'

const SOURCES = 1_000
const REST_MS = 10_000
const SAID = 10
const MB = 1_000_000

export async function run(report: Report): Promise<void> {
  const standIns = new Child<FromStandIns>('sources-stand-ins', [], { loader: true })
  const { env } = await standIns.hear('listening')
  const server = new Child<FromServer>('sources-server', [JSON.stringify(env)])
  await server.hear('ready')
  const row = (what: string, measured: number, unit: string, expected?: Row['goal']) =>
    report.row({ what, measured, unit, better: 'lower', ...(expected && { goal: expected }) })
  const empty = await ask(server, { type: 'figures', ms: 1_000 }, 'figures')

  const came = await ask(server, { type: 'follow', sources: SOURCES }, 'live')
  row('half are live after', came.half / 1_000, 's')
  row('all are live after', came.all / 1_000, 's')
  const rest = await ask(server, { type: 'figures', ms: REST_MS }, 'figures')
  row('at rest', rest.cpu, '% CPU')
  row('memory', rest.rss / MB, 'MB')
  row('memory, over a process without sources', (rest.rss - empty.rss) / MB, 'MB')

  const { violations } = await tell(standIns, { type: 'say', times: SAID }, 'said')
  row('limits of Twitch broken', violations.length, 'times', { text: '0', met: violations.length === 0 })
  for (const violation of violations.slice(0, 3)) report.note(violation)
  const after = await ask(server, { type: 'figures', ms: REST_MS }, 'figures')
  const missing = SOURCES * SAID - after.events
  row(`messages that did not arrive, of ${(SOURCES * SAID).toLocaleString('en')}`, missing, '', {
    text: '0',
    met: missing === 0,
  })

  await tell(standIns, { type: 'restart' }, 'restarted')
  const back = await ask(server, { type: 'live', since: Date.now() }, 'live')
  row('after a restart of all platforms, half are back after', back.half / 1_000, 's')
  row('99 % after', back.most / 1_000, 's')
  row('all after', back.all / 1_000, 's')
  await server.end()
  await standIns.end()
  report.note(
    'A third each on Twitch (IRC), YouTube (stream) and Kick (socket), each followed by a channel of its own, at the real pace.',
  )
}

function ask<T extends FromServer['type']>(
  server: Child<FromServer>,
  word: ToServer,
  answer: T,
): Promise<Extract<FromServer, { type: T }>> {
  const heard = server.hear(answer)
  server.say(word)
  return heard
}

function tell<T extends FromStandIns['type']>(
  standIns: Child<FromStandIns>,
  word: ToStandIns,
  answer: T,
): Promise<Extract<FromStandIns, { type: T }>> {
  const heard = standIns.hear(answer)
  standIns.say(word)
  return heard
}
