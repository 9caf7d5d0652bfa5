import type { ProducedView } from '../../../server/api/sources.ts'
import type { Receipt } from '../../../server/house.ts'
import type { Panel } from '../../help/panel.ts'
import type { Door } from '../../simulation/sender.ts'

/** What a server that goes, comes or has enough may answer; whoever sent it sends it again. */
const EXCUSED = /fetch failed|terminated|answered (429|503)/
const TARGET = /target-msg-id=([^;]+);/
const ID = /[@;]id=([^;]+);/g

/** Whoever writes down what senders were answered. */
export interface Answers {
  readonly epoch: string
  answered(epoch: string, event: { id: string; seq: number }, removes?: string): void
  /** Taken by a call whose answer never came, says the answer to the next one; under which numbers, nobody was told. */
  repeated?(ids: readonly string[]): void
}

interface Ends {
  panel: Panel
  chronicle: Answers
  /** What was refused without an excuse. */
  complaints: string[]
  /** What may be answered, where it is not one server alone. */
  excused?: RegExp
}

/** The way into a channel over HTTP; each answer is noted in the channel's order. */
export class HttpDoor implements Door {
  readonly line: Door['line'] = { push: (_channel, platform, body) => this.#push(platform, body) }
  readonly #ends: Ends
  /** Of a call that was not answered, or with nobody knowing whether it was taken. */
  #unanswered = ''
  /** Settles with the newest request, whatever became of it. */
  settled: Promise<unknown> = Promise.resolve()

  constructor(ends: Ends) {
    this.#ends = ends
  }

  #push(platform: string, body: string): Promise<Receipt> {
    const answered = this.#ask(platform, body)
    this.settled = answered.catch(() => undefined)
    return answered
  }

  async #ask(platform: string, body: string): Promise<Receipt> {
    const { panel, chronicle, complaints, excused = EXCUSED } = this.#ends
    const { epoch } = chronicle
    try {
      const address = `/api/producers/${platform}`
      const view = await panel.json<ProducedView>('POST', address, body, { 'Content-Type': 'text/plain' })
      const target = TARGET.exec(body)?.[1]
      const removes = target === undefined ? undefined : `${platform}:${target}`
      for (const event of view.events) chronicle.answered(epoch, event, removes)
      if (this.#unanswered === body && view.duplicates > 0 && !view.archived)
        chronicle.repeated?.(Array.from(body.matchAll(ID), ([, id]) => `${platform}:${id}`))
      return { accepted: view.events, duplicates: view.duplicates, ignored: view.reasons, archived: view.archived }
    } catch (error) {
      this.#unanswered = body
      if (!(error instanceof Error) || !excused.test(error.message)) complaints.push(String(error))
      throw error
    }
  }
}
