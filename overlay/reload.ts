/**
 * A page loads anew when the server runs another build: once for each build, and never soon after it was opened, so that
 * a cache which keeps handing out the old page cannot make it flicker. And it does when somebody asks. Both at a quiet
 * moment: nothing is featured, and no word has come for a while; or nobody sees it. It leaves only for a server that answers: the first
 * quiet moment of a busy evening may be the one in which the server is away, and a page that fails to load stays blank.
 */

const QUIET_MS = 2_000
const YOUNG_MS = 60_000
/** A chat that never rests does not keep somebody waiting who has asked. */
const ASKED_MS = 30_000
const ANSWER_WITHIN_MS = 5_000

export interface Scene {
  /** A message is shown large. */
  featured?: boolean
  /** Nobody sees the page. */
  hidden?: boolean
}

export class Reload {
  readonly #own: string
  readonly #tried: string | null
  readonly #go: (build: string) => void
  readonly #again: () => void
  readonly #opened = Date.now()
  #asked: number | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  /**
   * @param tried the build this page was already reloaded for
   * @param again loads the same page once more, for somebody who asked
   */
  constructor(own: string, tried: string | null, go: (build: string) => void, again: () => void) {
    this.#own = own
    this.#tried = tried
    this.#go = go
    this.#again = again
  }

  /** Somebody wants it; comes true at the next `look`. */
  ask(): void {
    this.#asked ??= Date.now()
  }

  /** To be told after each flush: what the server runs, and by the call itself that it is not quiet. */
  look(build: string | null, { featured = false, hidden = false }: Scene = {}): void {
    clearTimeout(this.#timer)
    const wanted = build === this.#own || build === this.#tried ? null : build
    if (featured || (wanted === null && this.#asked === null)) return
    const now = Date.now()
    const quiet = hidden ? 0 : QUIET_MS
    const pause =
      this.#asked === null
        ? Math.max(quiet, this.#opened + YOUNG_MS - now)
        : Math.min(quiet, Math.max(0, this.#asked + ASKED_MS - now))
    this.#timer = setTimeout(() => (wanted === null ? this.#again() : this.#go(wanted)), pause)
  }
}

/** Of this very page; `own` is its build. */
export function reloadOfPage(own: string, tried: string | null): Reload {
  const go = (build: string) => void ifServed(() => location.replace(addressFor(location.href, build)))
  return new Reload(own, tried, go, () => void ifServed(() => location.reload()))
}

/** `go` once the server says that it is well; else nothing, and the next look tries again. */
export async function ifServed(go: () => void, ask = fetch): Promise<void> {
  try {
    const answer = await ask('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(ANSWER_WITHIN_MS) })
    const { status }: { status?: unknown } = await answer.json()
    if (answer.ok && status === 'ok') go()
  } catch {
    // Away, or a proxy speaks in its place.
  }
}

/** The address of the same page for another build; what follows `#` stays. */
export function addressFor(href: string, build: string): string {
  const url = new URL(href)
  url.searchParams.set('build', build)
  return url.href
}
