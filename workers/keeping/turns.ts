import { StorageError } from './storage-error.ts'

/** Tasks that may wait behind one another in one line. */
export const MAX_WAITING = 10_000

/** Runs tasks one at a time, in the order they came. One that fails does not stop the next. */
export class Turns {
  #last: Promise<unknown> = Promise.resolve()
  #waiting = 0

  get idle(): boolean {
    return this.#waiting === 0
  }

  /** Rejects with StorageError when `MAX_WAITING` tasks wait already. */
  run<R>(task: () => Promise<R>): Promise<R> {
    if (this.#waiting >= MAX_WAITING) {
      return Promise.reject(new StorageError(`More than ${MAX_WAITING} operations wait for one file.`))
    }
    this.#waiting += 1
    const turn = this.#last.then(task).finally(() => {
      this.#waiting -= 1
    })
    this.#last = turn.catch(() => undefined)
    return turn
  }
}
