import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DURABLE, postgresBin, startPostgres } from '../help/postgres.ts'
import { makeHistory } from './archive-history.ts'
import { Reader } from './archive-reader.ts'
import { kept, pages, sayer, searches } from './archive-reading.ts'
import type { FromArchiveServer } from './archive-words.ts'
import { Child } from './line-child.ts'
import type { Report } from './report.ts'
import { flagsOfStart } from './start-flags.ts'

export const name = 'archive-postgres'
export const goal = 'a history of 1,000,000 events in PostgreSQL: kept at ≥ 40 k/s, first pages within 50 ms'

const EVENTS = Number(process.env.CROSSCHAT_BENCH_EVENTS ?? 1_000_000)
const STREAMS = 300
const SEED = 7

export async function run(report: Report): Promise<void> {
  const say = sayer(report)
  const bin = postgresBin('the bench of the archive in PostgreSQL')
  if (bin === null) throw new Error('There is no PostgreSQL here.')
  const folder = await mkdtemp(join(tmpdir(), 'crosschat-bench-'))
  try {
    const url = await (await startPostgres(bin, DURABLE)).database()
    const history = await makeHistory({ dataDir: folder, url, events: EVENTS, streams: STREAMS, seed: SEED })
    kept(say, history, EVENTS)
    const flags = await flagsOfStart()
    const server: Child<FromArchiveServer> = new Child('archive-server', [folder], {
      flags,
      env: { DATABASE_URL: url },
    })
    const { base } = await server.hear('ready')
    const reader = await Reader.signIn(base)
    await pages(say, reader, history)
    await searches(say, reader)
    await server.end()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
  report.note(`${EVENTS.toLocaleString('en')} events in ${STREAMS} streams, a tenth of them in one; \`fsync\` is on.`)
}
