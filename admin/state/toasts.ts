import { type ReadonlySignal, signal } from '@preact/signals'

/** Short words in the corner. Never the only place of a message that matters. */
export interface Toast {
  n: number
  tone: 'ok' | 'err'
  text: string
  link?: { href: string; label: string }
}
const MAX_TOASTS = 3
const OK_MS = 6_000

export class Toasts {
  readonly #list = signal<readonly Toast[]>([])
  #n = 0

  get list(): ReadonlySignal<readonly Toast[]> {
    return this.#list
  }

  ok(text: string, link?: Toast['link']): void {
    const n = this.#add(link === undefined ? { tone: 'ok', text } : { tone: 'ok', text, link })
    setTimeout(() => this.dismiss(n), OK_MS)
  }

  /** Errors stay until they are dismissed. */
  failed(error: Error): void {
    this.#add({ tone: 'err', text: error.message })
  }

  dismiss(n: number): void {
    this.#list.value = this.#list.value.filter((toast) => toast.n !== n)
  }

  #add(toast: Omit<Toast, 'n'>): number {
    const n = ++this.#n
    this.#list.value = [...this.#list.value, { n, ...toast }].slice(-MAX_TOASTS)
    return n
  }
}
