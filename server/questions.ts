import { CrossChatError } from './errors.ts'

/** How long a person waits for the worker, ms. */
const WITHIN_MS = 5_000

interface Open<Question, Answer> {
  question: Question
  answer(word: Answer): void
  refuse(error: CrossChatError): void
}

/** Questions to the worker, each answered by a word that carries its number. */
export class Questions<Question extends { ask: number }, Answer extends { ask: number }> {
  readonly #post: (question: Question) => void
  readonly #open = new Map<number, Open<Question, Answer>>()
  #next = 1

  constructor(post: (question: Question) => void) {
    this.#post = post
  }

  /** Throws busy when the worker does not answer, and stopping. */
  ask(make: (ask: number) => Question): Promise<Answer> {
    const question = make(this.#next++)
    return new Promise((resolve, reject) => {
      const over = () => {
        clearTimeout(late)
        this.#open.delete(question.ask)
      }
      const refuse = (error: CrossChatError) => {
        over()
        reject(error)
      }
      const answer = (word: Answer) => {
        over()
        resolve(word)
      }
      const late = setTimeout(() => refuse(new CrossChatError('busy', { retryAfter: 1 })), WITHIN_MS)
      this.#open.set(question.ask, { question, answer, refuse })
      this.#post(question)
    })
  }

  hear(word: Answer): void {
    this.#open.get(word.ask)?.answer(word)
  }

  /** Nobody is answered any more. */
  stop(): void {
    for (const { refuse } of [...this.#open.values()]) refuse(new CrossChatError('stopping'))
  }

  /** The worker is another one: it is asked again. */
  began(): void {
    for (const { question } of this.#open.values()) this.#post(question)
  }
}
