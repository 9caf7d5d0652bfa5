import type { FromWorker, SourceOptions, ToWorker } from '../workers/control.ts'
import { CrossChatError } from './errors.ts'
import type { Ingest } from './ingest.ts'

export type NameWord = Extract<FromWorker, { type: 'named' | 'unnamed' }>
type Question = Extract<ToWorker, { type: 'name' }>
/** How long a person waits for the worker, ms. */
const WITHIN_MS = 5_000

interface Open {
  question: Question
  answer(word: NameWord): void
  refuse(error: CrossChatError): void
}

/** Asks the worker, which alone knows platforms, what a typed name stands for. */
export class Names {
  readonly #ingest: Pick<Ingest, 'post'>
  readonly #open = new Map<number, Open>()
  #next = 1

  constructor(ingest: Pick<Ingest, 'post'>) {
    this.#ingest = ingest
  }

  /** The name in the platform's own form. Throws bad_name with a sentence, and busy when the worker does not answer. */
  ask(platform: string, typed: string, options: SourceOptions): Promise<string> {
    const question: Question = { type: 'name', ask: this.#next++, platform, typed, options }
    return new Promise((resolve, reject) => {
      const over = () => {
        clearTimeout(late)
        this.#open.delete(question.ask)
      }
      const refuse = (error: CrossChatError) => {
        over()
        reject(error)
      }
      const answer = (word: NameWord) => {
        if (word.type === 'unnamed') refuse(badName(word.problem))
        else {
          over()
          resolve(word.name)
        }
      }
      const late = setTimeout(() => refuse(new CrossChatError('busy', { retryAfter: 1 })), WITHIN_MS)
      this.#open.set(question.ask, { question, answer, refuse })
      this.#ingest.post(question)
    })
  }

  hear(word: NameWord): void {
    this.#open.get(word.ask)?.answer(word)
  }

  /** Nobody is answered any more. */
  stop(): void {
    for (const { refuse } of [...this.#open.values()]) refuse(new CrossChatError('stopping'))
  }

  /** The worker is another one: it is asked again. */
  began(): void {
    for (const { question } of this.#open.values()) this.#ingest.post(question)
  }
}

function badName(problem: string): CrossChatError {
  return new CrossChatError('bad_name', { message: problem, fields: { channel: problem } })
}
