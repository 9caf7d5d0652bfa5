import type { HookJob } from './control.ts'
import type { Intake } from './intake.ts'
import { BadDelivery, type Ground, type Platform, type Verifier } from './platforms/platform.ts'

/** Marks a job as the one in hand while the given act runs. */
export type InHand = (job: number, act: () => void) => void

/** Signed deliveries: checked by their platform, and then what a pushed payload is. */
export class Hooks {
  readonly #verifiers = new Map<string, Verifier>()
  readonly #intake: Intake
  readonly #inHand: InHand

  constructor(platforms: readonly Platform[], ground: Ground, intake: Intake, inHand: InHand) {
    for (const { about, verifier } of platforms) if (verifier) this.#verifiers.set(about.id, verifier(ground))
    this.#intake = intake
    this.#inHand = inHand
  }

  /** Ends the job in every case. */
  async take(job: HookJob): Promise<void> {
    const { bytes, headers, receivedAt, source } = job
    try {
      const verify = this.#verifiers.get(job.platform)
      if (verify === undefined) throw new BadDelivery('bad_signature', 'This platform signs no deliveries.')
      const verdict = await verify({ bytes, headers, receivedAt, source })
      if (verdict.kind === 'payload') {
        const pushed = { ...job, type: 'push' as const, body: verdict.body, headers: { ...verdict.headers } }
        this.#inHand(job.job, () => this.#intake.take(pushed))
      } else if (verdict.kind === 'reply') this.#done(job, [], verdict.reply)
      else this.#done(job, [verdict.why])
    } catch (error) {
      if (!(error instanceof BadDelivery)) throw error
      this.#intake.finish(job, { ok: false, code: error.code, message: error.message })
    }
  }

  #done(job: HookJob, ignored: string[], reply?: { status: number; text: string }): void {
    this.#intake.finish(job, { ok: true, accepted: [], duplicates: 0, ignored, ...(reply && { reply }) })
  }
}
