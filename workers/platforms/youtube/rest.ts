/** The source is no longer followed; whatever was going on ends with this. */
export class Stopped extends Error {
  constructor() {
    super('No longer followed.')
    this.name = 'Stopped'
  }
}

/** Waits that a person can end early, and requests; both end with the source. */
export class Rest {
  #stopped = false
  #wake: () => void = () => {}
  #end: () => void = () => {}
  #request: AbortController | null = null

  /** Resolves after so many ms (never by itself for Infinity), or early, when somebody asks to try at once: then with true. */
  async wait(ms: number): Promise<boolean> {
    let early = false
    this.#wake = () => {
      early = true
      this.#end()
    }
    try {
      await this.pause(ms)
    } finally {
      this.#wake = () => {}
    }
    return early
  }

  /** As `wait`, and deaf to whoever asks to try at once: a chat that is read is asked no sooner than it may be. */
  async pause(ms: number): Promise<void> {
    this.check()
    await new Promise<void>((resolve) => {
      const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(resolve, ms)
      this.#end = () => {
        clearTimeout(timer)
        resolve()
      }
    })
    this.#end = () => {}
    this.check()
  }

  /**
   * Runs one request with a signal that is its own: one signal for all of a source's life would gather what hangs on each of
   * thousands of requests.
   */
  async during<Result>(act: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    this.check()
    const request = new AbortController()
    this.#request = request
    try {
      return await act(request.signal)
    } catch (error) {
      this.check()
      throw error
    } finally {
      if (this.#request === request) this.#request = null
    }
  }

  /** Throws Stopped once the source is no longer followed. */
  check(): void {
    if (this.#stopped) throw new Stopped()
  }

  wake(): void {
    this.#wake()
  }

  stop(): void {
    this.#stopped = true
    this.#request?.abort()
    this.#end()
  }
}
