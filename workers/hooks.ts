import type { Facts } from './followed.ts'
import type { Intake } from './intake.ts'
import type { HookJob, Outcome, Refusal } from './job.ts'
import { BadDelivery, type Ground, type Platform, type Verdict, type Verifier } from './platforms/platform.ts'

/** Marks a job as the one in hand while the given act runs. */
export type InHand = <R>(job: number, act: () => R) => R

/** Told of each delivery that was taken: how many events of it were new, and what it tells of the followed channel. */
export type Delivered = (where: { channel: number; platform: string }, events: number, learnt: Facts) => void

/** What is told of a delivery beside its events. */
type Told = Pick<Outcome & { ok: true }, 'reply' | 'foreign' | 'ended'>

interface Refused {
  kind: 'refused'
  code: Refusal
  message: string
}

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
    const verdict = await this.#verdict(job)
    if (verdict.kind === 'refused') {
      const { code, message } = verdict
      this.#intake.finish(job, { ok: false, code, message })
    } else if (verdict.kind === 'payload') this.#push(job, verdict)
    else if (verdict.kind === 'reply') this.#done(job, [], { reply: verdict.reply })
    else this.#done(job, [verdict.why], toldOf(verdict))
  }

  /** A verifier promises to throw nothing but BadDelivery; if it does, one delivery is refused and told, not the thread. */
  async #verdict(job: HookJob): Promise<Verdict | Refused> {
    const { bytes, headers, receivedAt, source } = job
    const verify = this.#verifiers.get(job.platform)
    if (verify === undefined) {
      return { kind: 'refused', code: 'bad_signature', message: 'This platform signs no deliveries.' }
    }
    try {
      return await this.#inHand(job.job, async () => verify({ bytes, headers, receivedAt, source }))
    } catch (error) {
      if (error instanceof BadDelivery) return { kind: 'refused', code: error.code, message: error.message }
      this.#intake.flaw(job.platform, error)
      return { kind: 'refused', code: 'bad_payload', message: 'The delivery could not be read.' }
    }
  }

  #push(job: HookJob, { body, headers, learnt = {} }: Verdict & { kind: 'payload' }): void {
    const pushed = { ...job, type: 'push' as const, body, headers: { ...headers } }
    this.#inHand(job.job, () => {
      const events = this.#intake.take(pushed)
      if (events !== null) this.#delivered(job, events, learnt)
    })
  }

  #done(job: HookJob, ignored: string[], told: Told): void {
    const seq = this.#intake.seqOf(job.channel)
    this.#intake.finish(job, { ok: true, accepted: [], duplicates: 0, ignored, seq, ...told })
  }
}

function toldOf({ kind, why }: Extract<Verdict, { why: string }>): Told {
  if (kind === 'foreign') return { foreign: true }
  return kind === 'ended' ? { ended: why } : {}
}
