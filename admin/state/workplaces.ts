import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals'
import type { MeView, WorkplaceView } from '../../server/api.ts'
import type { ChannelRole } from '../../server/protocol.ts'

/** Each also what the ones before it may. */
const ROLES: readonly ChannelRole[] = ['viewer', 'moderator', 'owner']
/** In the window's own storage: two windows may work in two channels, and a reload stays where it was. */
const NAME = 'crosschat.channel'

/** The channels that somebody works in, and the one that this window shows. */
export class Workplaces {
  readonly all: ReadonlySignal<readonly WorkplaceView[]>
  readonly here: ReadonlySignal<WorkplaceView | null>
  readonly #chosen: Signal<string | null>
  readonly #storage: Pick<Window, 'sessionStorage'>

  constructor(me: ReadonlySignal<MeView | null | undefined>, storage: Pick<Window, 'sessionStorage'>) {
    this.#storage = storage
    this.#chosen = signal(this.#read())
    this.all = computed(() => me.value?.channels ?? [])
    this.here = computed(() => this.all.value.find(({ id }) => id === this.#chosen.value) ?? this.all.value[0] ?? null)
  }

  /** What calls name; null = the own channel, which needs no name. */
  get named(): string | null {
    const here = this.here.peek()
    return here === null || here.role === 'owner' ? null : here.id
  }

  /** Whether the role here may do what needs at least the other. */
  may(least: ChannelRole): boolean {
    const role = this.here.value?.role
    return role !== undefined && ROLES.indexOf(role) >= ROLES.indexOf(least)
  }

  workIn(id: string): void {
    this.#chosen.value = id
    try {
      this.#storage.sessionStorage.setItem(NAME, id)
    } catch {
      // Without storage the choice lasts as long as the page.
    }
  }

  #read(): string | null {
    try {
      return this.#storage.sessionStorage.getItem(NAME)
    } catch {
      return null
    }
  }
}
