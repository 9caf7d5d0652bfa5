import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { secondsOf } from './scale-cpu.ts'

interface ChildOptions {
  loader?: boolean
  /** Of node. */
  flags?: string[]
}

/** A process of the line bench: words to it, and words from it one at a time. Its early end is an error of the bench. */
export class Child<Heard extends { type: string }> {
  readonly #name: string
  readonly #process: ChildProcess

  /** With `loader` it is run from its source, as a test is. */
  constructor(name: string, args: string[] = [], { loader = false, flags = [] }: ChildOptions = {}) {
    this.#name = name
    const source = join(process.cwd(), 'tests', 'bench', `${name}.ts`)
    this.#process = loader
      ? fork(source, args, { execArgv: ['--import', 'tsx'] })
      : fork(new URL(`./${name}.js`, import.meta.url), args, { execArgv: flags })
  }

  /** On a core so far, s. */
  get seconds(): number {
    return secondsOf([this.#process.pid ?? 0])
  }

  say(word: object): void {
    this.#process.send(word)
  }

  /** Resolves with the next word, which must be of this type. */
  hear<T extends Heard['type']>(type: T): Promise<Extract<Heard, { type: T }>> {
    return new Promise((resolve, reject) => {
      const ended = () => reject(new Error(`${this.#name} ended before it said "${type}".`))
      if (this.#process.exitCode !== null) return ended()
      this.#process.once('exit', ended)
      this.#process.once('message', (word: Extract<Heard, { type: T }>) => {
        this.#process.off('exit', ended)
        if (word.type === type) resolve(word)
        else reject(new Error(`${this.#name} said "${word.type}", not "${type}".`))
      })
    })
  }

  async end(): Promise<void> {
    const exited = once(this.#process, 'exit')
    this.#process.disconnect()
    await exited
  }
}
