/** A thread that could have answered for this long and did not is ended. */
export const SILENT_MS = 2_000
/** However little of the processor it had. */
export const LONGEST_SILENT_MS = 6_000

/**
 * How long a thread has not answered. Time in which it was ready to run and others had the processor is not its own: on a busy machine
 * that would end a thread that lives. Times are ms, of clocks that never jump; `delay` is the thread's `runDelay`, which only grows: one that
 * is less was not to be had just then, without descriptors say.
 */
export class Silence {
  #since = 0
  #delayBefore = 0

  /** It answered, or has nothing to answer. `at` may lie ahead: until then it is not expected to. */
  broken(at: number, delay: number): void {
    this.#since = Math.max(this.#since, at)
    this.#delayBefore = Math.max(this.#delayBefore, delay)
  }

  /** Another thread: nothing of the one before counts. */
  begin(at: number): void {
    this.#since = at
    this.#delayBefore = 0
  }

  for(now: number): number {
    return now - this.#since
  }

  tooLong(now: number, delay: number): boolean {
    const silent = this.for(now)
    return silent - Math.max(0, delay - this.#delayBefore) > SILENT_MS || silent > LONGEST_SILENT_MS
  }
}
