import type { Facts, HookJob } from './control.ts'
import type { Intake } from './intake.ts'
import { BadDelivery, type Ground, type Platform, type Verdict, type Verifier } from './platforms/platform.ts'

/** Marks a job as the one in hand while the given act runs. */
export type InHand = (job: number, act: () => void) => void

/** Told of each delivery that was taken: how many events of it were new, and what it tells of the followed channel. */
export type Delivered = (where: { channel: number; platform: string }, events: number, learnt: Facts) => void

/** Signed deliveries: checked by their platform, and then what a pushed payload is. */
export class Hooks {
  readonly #verifiers = new Map<string, Verifier>()
  readonly #intake: Intake
  readonly #inHand: InHand
  readonly #delivered: Delivered

  constructor(
    platforms: readonly Platform[],
    ground: Ground,
    intake: Intake,
    inHand: InHand,
    delivered: Delivered = () => {},
  ) {
    for (const { about, verifier } of platforms) if (verifier) this.#verifiers.set(about.id, verifier(ground))
    this.#intake = intake
    this.#inHand = inHand
    this.#delivered = delivered
  }

  /** Ends the job in every case. */
  async take(job: HookJob): Promise<void> {
    const { bytes, headers, receivedAt, source } = job
    try {
      const verify = this.#verifiers.get(job.platform)
      if (verify === undefined) throw new BadDelivery('bad_signature', 'This platform signs no deliveries.')
      const verdict = await verify({ bytes, headers, receivedAt, source })
      if (verdict.kind === 'payload') this.#push(job, verdict)
      else if (verdict.kind === 'reply') this.#done(job, [], verdict.reply)
      else this.#done(job, [verdict.why])
    } catch (error) {
      if (!(error instanceof BadDelivery)) throw error
      this.#intake.finish(job, { ok: false, code: error.code, message: error.message })
    }
  }

  #push(job: HookJob, { body, headers, learnt = {} }: Verdict & { kind: 'payload' }): void {
    const pushed = { ...job, type: 'push' as const, body, headers: { ...headers } }
    this.#inHand(job.job, () => {
      const events = this.#intake.take(pushed)
      if (events !== null) this.#delivered(job, events, learnt)
    })
  }

  #done(job: HookJob, ignored: string[], reply?: { status: number; text: string }): void {
    this.#intake.finish(job, { ok: true, accepted: [], duplicates: 0, ignored, ...(reply && { reply }) })
  }
}
