import { batch, computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { LookView, OverlayView } from '../../server/api.ts'
import {
  type ChosenSettings,
  type SettingName,
  type SettingsChange,
  sameLook,
  settingNames,
} from '../../server/look.ts'
import { type ApiError, asApiError } from '../api.ts'
import { beginWith, changed, edit, type LookHistory, redo, undo } from './look-history.ts'

export interface LookCalls {
  draft(): Promise<LookView>
  putDraft(revision: number, settings: unknown): Promise<LookView>
  publish(revision: number, sitting?: string): Promise<{ overlay: OverlayView; look: LookView }>
}
export interface Clock {
  now(): number
  later(run: () => void, ms: number): void
}

/** `waiting`: the server cannot be reached or wants a login; it is tried again. `theirs`: another window was quicker. */
export type Keeping = 'kept' | 'keeping' | 'waiting' | 'refused' | 'theirs'

/** Tries to bring everything to the server before something is done with it there. */
const SETTLE_TRIES = 3
/** Between two changes of the draft on their way to the server. */
export const PAUSE_MS = 150
export const RETRY_MS = 2_000

/**
 * One overlay's look while somebody edits it. Every change is seen at once, and is on its way to the server's draft: one
 * at a time, always the newest, and tried until it is there.
 */
export class Editing {
  readonly history: Signal<LookHistory>
  /** What is on air. */
  readonly published: Signal<ChosenSettings>
  readonly keeping: Signal<Keeping> = signal('kept')
  /** Why the server does not take it. */
  readonly refusal: Signal<ApiError | null> = signal(null)
  /** How often what another window made took the place of what stood here. */
  readonly adopted: Signal<number> = signal(0)
  readonly now: ReadonlySignal<ChosenSettings>
  /** Settings in which draft and air differ. */
  readonly differing: ReadonlySignal<readonly SettingName[]>
  /** Address of the page that shows the draft. */
  readonly preview: string
  readonly #calls: LookCalls
  readonly #clock: Clock
  #revision: number
  /** As the server has it. */
  #stored: ChosenSettings
  #theirs: LookView | null = null
  /** What is being said to the server; one thing at a time. */
  #sending: Promise<unknown> | null = null

  constructor(calls: LookCalls, view: LookView, clock: Clock) {
    this.#calls = calls
    this.#clock = clock
    this.#revision = view.revision
    this.#stored = view.settings
    this.preview = view.preview
    this.history = signal(beginWith(view.settings))
    this.published = signal(view.published)
    this.now = computed(() => this.history.value.now)
    this.differing = computed(() => differing(this.now.value, this.published.value))
  }

  set(change: SettingsChange, what = Object.keys(change).join()): void {
    this.replace(changed(this.now.peek(), change), what)
  }

  replace(settings: ChosenSettings, what: string): void {
    if (sameLook(settings, this.now.peek())) return
    this.history.value = edit(this.history.peek(), settings, what, this.#clock.now())
    this.#keep()
  }

  undo(): void {
    this.history.value = undo(this.history.peek())
    this.#keep()
  }

  redo(): void {
    this.history.value = redo(this.history.peek())
    this.#keep()
  }

  /** Everything is with the server. */
  get safe(): boolean {
    return sameLook(this.now.peek(), this.#stored)
  }

  /** Shows on air what is seen here, and nothing else. Throws ApiError; then nothing on air has changed. */
  async publish(sitting?: string): Promise<OverlayView> {
    await this.#settle()
    return this.#alone(async () => {
      try {
        const { overlay, look } = await this.#calls.publish(this.#revision, sitting)
        this.#take(look)
        return overlay
      } catch (thrown) {
        if (asApiError(thrown).code === 'draft_changed') await this.#meet()
        throw thrown
      }
    })
  }

  /** Settings from a file, as the server takes them. Throws ApiError with what is wrong, by setting; then nothing changed. */
  async bring(settings: unknown): Promise<void> {
    await this.#settle()
    await this.#alone(async () => this.#adopt(await this.#calls.putDraft(this.#revision, settings), 'file'))
  }

  /** Goes on with what the other window made; what stood here can be had back by undo. */
  takeTheirs(): void {
    const theirs = this.#theirs
    this.#theirs = null
    if (theirs !== null) this.#adopt(theirs, 'theirs')
    this.adopted.value++
  }

  /** Puts what stands here in the place of what the other window made. */
  keepMine(): void {
    const theirs = this.#theirs
    this.#theirs = null
    if (theirs === null) return
    this.#take(theirs)
    this.#keep()
  }

  /** Looks whether another window has changed the draft; only where nothing is on its way. */
  async look(): Promise<void> {
    if (!this.safe || this.#sending !== null || this.keeping.peek() === 'theirs') return
    const view = await this.#calls.draft().catch(() => null)
    if (view === null || this.#isKnown(view) || !this.safe || this.#sending !== null) return
    this.#adopt(view, 'theirs')
    this.adopted.value++
  }

  /** A dock may put another theme on air without touching the draft. */
  #isKnown({ revision, published }: LookView): boolean {
    return revision === this.#revision && sameLook(published, this.published.peek())
  }

  #keep(): void {
    if (this.keeping.peek() === 'theirs' || this.#sending !== null) return
    if (this.safe) {
      this.keeping.value = 'kept'
      return
    }
    void this.#alone(() => this.#send())
  }

  /** What is changed meanwhile goes to the server after it. */
  #alone<R>(task: () => Promise<R>): Promise<R> {
    const running = task()
    const ended = running.finally(() => {
      this.#sending = null
      const pause = this.keeping.peek() === 'waiting' ? RETRY_MS : PAUSE_MS
      if (!this.safe && this.keeping.peek() !== 'refused') this.#clock.later(() => this.#keep(), pause)
    })
    this.#sending = ended.catch(() => null)
    return ended
  }

  async #send(): Promise<void> {
    const settings = this.now.peek()
    if (this.keeping.peek() !== 'waiting') this.keeping.value = 'keeping'
    try {
      this.#take(await this.#calls.putDraft(this.#revision, settings), settings)
    } catch (thrown) {
      await this.#failed(asApiError(thrown))
    }
  }

  async #failed(error: ApiError): Promise<void> {
    if (error.code === 'draft_changed') return this.#meet()
    this.refusal.value = error
    this.keeping.value = error.status === 400 || error.status === 404 ? 'refused' : 'waiting'
  }

  /** Somebody else was quicker, unless it was this window itself and the answer got lost. */
  async #meet(): Promise<void> {
    try {
      const theirs = await this.#calls.draft()
      if (sameLook(theirs.settings, this.now.peek())) return this.#take(theirs)
      this.#theirs = theirs
      this.keeping.value = 'theirs'
    } catch {
      this.keeping.value = 'waiting'
    }
  }

  /** Goes on with what the server has, as one step. */
  #adopt(view: LookView, what: string): void {
    const history = this.history.peek()
    batch(() => {
      if (!sameLook(history.now, view.settings)) {
        this.history.value = edit(history, view.settings, what, this.#clock.now())
      }
      this.#take(view)
    })
  }

  #take(view: LookView, stored = view.settings): void {
    this.#revision = view.revision
    this.#stored = stored
    this.published.value = view.published
    this.refusal.value = null
    this.keeping.value = this.safe ? 'kept' : 'keeping'
  }

  /** Resolves when what is seen here is with the server; throws why it cannot be. */
  async #settle(): Promise<void> {
    for (let tries = 0; tries < SETTLE_TRIES && (this.#sending !== null || !this.safe); tries++) {
      this.#keep()
      await this.#sending
    }
    if (!this.safe) throw this.refusal.peek() ?? asApiError(null)
  }
}

function differing(one: ChosenSettings, other: ChosenSettings): SettingName[] {
  return settingNames().filter((name) => JSON.stringify(one[name]) !== JSON.stringify(other[name]))
}
