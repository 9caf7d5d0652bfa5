import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Job } from '../workers/job.ts'
import type { Log } from './log.ts'

/** Payloads kept aside; more are only counted in the log. */
export const MAX_QUARANTINED = 100

const REASON = 'The worker died twice while it had this job in hand.'

/** Where a payload goes that ended the worker twice, so that it cannot stop a chat and can be looked at later. */
export class Quarantine {
  readonly #folder: string
  readonly #log: Log

  constructor(dataDir: string, log: Log) {
    this.#folder = join(dataDir, 'quarantine')
    this.#log = log
  }

  /** Never throws: a payload that cannot be kept is still out of the way. */
  keep(job: Job): void {
    this.#write(job).catch((error: unknown) =>
      this.#log.error({ err: error, job: job.job }, 'a payload could not be set aside'),
    )
  }

  async #write(job: Job): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 })
    const count = (await readdir(this.#folder)).length
    const file = join(this.#folder, `${job.delivery}.json`)
    if (count < MAX_QUARANTINED)
      await writeFile(file, JSON.stringify({ reason: REASON, at: Date.now(), job: shown(job) }), { mode: 0o600 })
    this.#log.error(
      { job: job.job, delivery: job.delivery, kept: count < MAX_QUARANTINED },
      'a payload ended the worker twice and was set aside',
    )
  }
}

/** As it can be read and sent on: bytes as base64, and without what a streamer has set, since secrets are among it. */
function shown(job: Job): object {
  if (job.type !== 'hook') return job
  const { bytes, source, ...rest } = job
  return { ...rest, bytes: Buffer.from(bytes).toString('base64'), source: source?.name ?? null }
}
