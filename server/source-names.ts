import type { SourceOptions, ToWorker } from '../workers/control.ts'
import { CrossChatError } from './errors.ts'
import type { Ingest, SourceWord } from './ingest.ts'

type Question = Extract<ToWorker, { type: 'name' }>
/** How long a person waits for the worker, ms. */
const WITHIN_MS = 5_000

/** Asks the worker, which alone knows platforms, what a typed name stands for. */
export class Names {
  readonly #ingest: Pick<Ingest, 'post'>
  readonly #open = new Map<number, { question: Question; answer(word: SourceWord): void }>()
  #next = 1

  constructor(ingest: Pick<Ingest, 'post'>) {
    this.#ingest = ingest
  }

  /** The name in the platform's own form. Throws bad_name with a sentence, and busy when the worker does not answer. */
  ask(platform: string, typed: string, options: SourceOptions): Promise<string> {
    const question: Question = { type: 'name', ask: this.#next++, platform, typed, options }
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => {
        this.#open.delete(question.ask)
        reject(new CrossChatError('busy', { retryAfter: 1 }))
      }, WITHIN_MS)
      const answer = (word: SourceWord) => {
        clearTimeout(late)
        this.#open.delete(question.ask)
        if (word.type === 'named') resolve(word.name)
        else if (word.type === 'unnamed') {
          reject(new CrossChatError('bad_name', { message: word.problem, fields: { channel: word.problem } }))
        }
      }
      this.#open.set(question.ask, { question, answer })
      this.#ingest.post(question)
    })
  }

  hear(word: Extract<SourceWord, { type: 'named' | 'unnamed' }>): void {
    this.#open.get(word.ask)?.answer(word)
  }

  /** The worker is another one: it is asked again. */
  began(): void {
    for (const { question } of this.#open.values()) this.#ingest.post(question)
  }
}
