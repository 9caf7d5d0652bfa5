/**
 * A page of another build than the server's reloads itself: once for each build, at a quiet moment, and never soon
 * after it was opened, so that a cache which keeps handing out the old page cannot make it flicker.
 */

const QUIET_MS = 2_000
const YOUNG_MS = 60_000

export class Reload {
  readonly #own: string
  readonly #tried: string | null
  readonly #go: (build: string) => void
  readonly #opened = Date.now()
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param tried the build this page was already reloaded for */
  constructor(own: string, tried: string | null, go: (build: string) => void) {
    this.#own = own
    this.#tried = tried
    this.#go = go
  }

  /** To be told after each flush: what the server runs, and by the call itself that it is not quiet. */
  look(build: string | null): void {
    clearTimeout(this.#timer)
    if (build === null || build === this.#own || build === this.#tried) return
    const young = Math.max(0, this.#opened + YOUNG_MS - Date.now())
    this.#timer = setTimeout(() => this.#go(build), Math.max(QUIET_MS, young))
  }
}

/** The address of the same page for another build; what follows `#` stays. */
export function addressFor(href: string, build: string): string {
  const url = new URL(href)
  url.searchParams.set('build', build)
  return url.href
}
