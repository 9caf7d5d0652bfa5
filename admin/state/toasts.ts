import { type ReadonlySignal, signal } from '@preact/signals'

/** Short words in the corner. Never the only place of a message that matters. */
export interface Toast {
  n: number
  tone: 'ok' | 'err'
  text: string
  link?: { href: string; label: string }
}
const MAX_TOASTS = 3
export const OK_MS = 6_000

export class Toasts {
  readonly #list = signal<readonly Toast[]>([])
  /** Number of a toast → the timer that it goes by. */
  readonly #going = new Map<number, ReturnType<typeof setTimeout>>()
  #held = false
  #n = 0

  get list(): ReadonlySignal<readonly Toast[]> {
    return this.#list
  }

  ok(text: string, link?: Toast['link']): void {
    this.#goLater(this.#add(link === undefined ? { tone: 'ok', text } : { tone: 'ok', text, link }))
  }

  /** While somebody points at them or has the focus there, none goes; afterwards each has its whole time again. */
  hold(on: boolean): void {
    this.#held = on
    for (const timer of this.#going.values()) clearTimeout(timer)
    this.#going.clear()
    if (!on) for (const { n, tone } of this.#list.peek()) if (tone === 'ok') this.#goLater(n)
  }

  /** Errors stay until they are dismissed. */
  failed(error: Error): void {
    this.#add({ tone: 'err', text: error.message })
  }

  dismiss(n: number): void {
    clearTimeout(this.#going.get(n))
    this.#going.delete(n)
    this.#list.value = this.#list.value.filter((toast) => toast.n !== n)
  }

  #goLater(n: number): void {
    if (!this.#held)
      this.#going.set(
        n,
        setTimeout(() => this.dismiss(n), OK_MS),
      )
  }

  #add(toast: Omit<Toast, 'n'>): number {
    const n = ++this.#n
    this.#list.value = [...this.#list.value, { n, ...toast }].slice(-MAX_TOASTS)
    return n
  }
}
