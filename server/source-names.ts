import type { FromWorker, ToWorker } from '../workers/control.ts'
import type { SourceOptions } from '../workers/followed.ts'
import { CrossChatError } from './errors.ts'
import type { Ingest } from './ingest.ts'
import { Questions } from './questions.ts'

export type NameWord = Extract<FromWorker, { type: 'named' | 'unnamed' }>
type Question = Extract<ToWorker, { type: 'name' }>

/** Asks the worker, which alone knows platforms, what a typed name stands for. */
export class Names {
  readonly #questions: Questions<Question, NameWord>

  constructor(ingest: Pick<Ingest, 'post'>) {
    this.#questions = new Questions((question) => ingest.post(question))
  }

  /** The name in the platform's own form. Throws bad_name with a sentence, and busy when the worker does not answer. */
  async ask(platform: string, typed: string, options: SourceOptions): Promise<string> {
    const word = await this.#questions.ask((ask) => ({ type: 'name', ask, platform, typed, options }))
    if (word.type === 'unnamed') throw badName(word.problem)
    return word.name
  }

  hear(word: NameWord): void {
    this.#questions.hear(word)
  }

  /** Nobody is answered any more. */
  stop(): void {
    this.#questions.stop()
  }

  /** The worker is another one: it is asked again. */
  began(): void {
    this.#questions.began()
  }
}

function badName(problem: string): CrossChatError {
  return new CrossChatError('bad_name', { message: problem, fields: { channel: problem } })
}
