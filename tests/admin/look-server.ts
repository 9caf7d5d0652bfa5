import { ApiError } from '../../admin/api.ts'
import type { Clock } from '../../admin/state/look-editing.ts'
import type { LookView, OverlayView } from '../../server/api/overlays.ts'
import type { ChosenSettings } from '../../server/look.ts'

/** A server's draft as far as an editor sees it, with its failures on order. */
export class LookServer {
  view: LookView = {
    settings: { theme: 'clean' },
    published: { theme: 'clean' },
    revision: 4,
    changedAt: null,
    preview: '/overlay?demo=live#key',
  }
  readonly puts: unknown[] = []
  /** What was on air, one after the other, and in which sitting. */
  readonly aired: { settings: ChosenSettings; sitting: string | undefined }[] = []
  fail: ((taken: boolean) => void) | null = null
  #heard = () => {}
  /** Resolves when it is asked to publish the next time. */
  asked = this.#nextAsk()

  draft = async () => this.view
  putDraft = async (revision: number, settings: unknown): Promise<LookView> => {
    this.fail?.(false)
    if (revision !== this.view.revision) throw new ApiError(409, { code: 'draft_changed' })
    this.puts.push(settings)
    this.view = { ...this.view, settings: settings as ChosenSettings, revision: revision + 1, changedAt: 1 }
    this.fail?.(true)
    return this.view
  }
  publish = async (revision: number, sitting?: string) => {
    this.#heard()
    this.asked = this.#nextAsk()
    this.fail?.(false)
    if (revision !== this.view.revision) throw new ApiError(409, { code: 'draft_changed' })
    this.view = { ...this.view, published: this.view.settings, revision: revision + 1, changedAt: null }
    this.aired.push({ settings: this.view.published, sitting })
    return { overlay: { id: 'o', settings: this.view.published } as OverlayView, look: this.view }
  }
  #nextAsk(): Promise<void> {
    return new Promise((resolve) => {
      this.#heard = resolve
    })
  }
  /** What a dock does: the air changes, and with it what is no draft. */
  wear(settings: ChosenSettings): void {
    const { changedAt } = this.view
    this.view = { ...this.view, published: settings, ...(changedAt === null && { settings }) }
  }
  /** What another window does. */
  other(settings: ChosenSettings): void {
    this.view = { ...this.view, settings, revision: this.view.revision + 1 }
  }
}

/** A clock that stands still; what was put off happens when it is told to. */
export class StoppedClock implements Clock {
  readonly #due: (() => void)[] = []

  now = () => 0
  later = (run: () => void) => void this.#due.push(run)
  /** Lets what was put off happen once. */
  async once(): Promise<void> {
    await turn()
    for (const run of this.#due.splice(0)) run()
    await turn()
  }
  /** Lets everything that was put off happen, until nothing is left. */
  async settle(): Promise<void> {
    await turn()
    while (this.#due.length > 0) await this.once()
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
