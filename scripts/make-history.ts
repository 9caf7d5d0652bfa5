import { parseArgs } from 'node:util'
import { makeHistory, PASSWORD, USERNAME } from '../tests/bench/archive-history.ts'

/**
 * `node --import tsx scripts/make-history.ts FOLDER [--events N] [--streams N] [--seed S]`: fills a fresh data folder with a history of
 * invented chat, to try the panel and the API on. Needs `npm run build`.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { events: { type: 'string' }, streams: { type: 'string' }, seed: { type: 'string' } },
})
const [dataDir] = positionals
if (dataDir === undefined) throw new Error('Name the folder: node --import tsx scripts/make-history.ts FOLDER.')
const events = number('events', values.events, 1_000_000)
const streams = number('streams', values.streams, 300)
const { keptMs } = await makeHistory({ dataDir, events, streams, seed: number('seed', values.seed, 1) })
console.log(`${events} events in ${streams} streams, kept in ${Math.round(keptMs)} ms.`)
console.log(`DATA_DIR=${dataDir} npm start, then sign in as ${USERNAME} with "${PASSWORD}".`)

function number(name: string, value: string | undefined, otherwise: number): number {
  const read = value === undefined ? otherwise : Number(value)
  if (!Number.isSafeInteger(read) || read < 1) throw new Error(`--${name} is a whole number from 1 on, not ${value}.`)
  return read
}
