import type { DockScope } from '../../server/protocol.ts'
import type { Calls } from './calls.ts'
import type { DockQuery } from './query.ts'
import type { DockRow, DockState } from './state.ts'
import type { ThemesView } from './themes.ts'
import type { HeldView } from './waiting.ts'

/** What every part of the dock is handed. */
export interface Desk {
  state: DockState
  query: DockQuery
  connection: 'retry' | 'live' | 'ended'
  /** Milliseconds, the page's clock; renewed every second. */
  now: number
  /** What could not be done, as a sentence. */
  trouble: string | null
  /** Names of what is being done right now. */
  busy: ReadonlySet<string>
  /** What waits for a moderator. */
  held: HeldView
  /** What the overlays wear; empty where the dock may not know. */
  themes: ThemesView
  hands: Hands
}

/** What the parts may do. The same object for as long as the page lives. */
export interface Hands {
  calls: Calls
  /** One at a time of each name; a failure is told in the dock. */
  act(name: string, work: () => Promise<void>): void
  pause(on: boolean): void
  retryNow(): void
  forgetTrouble(): void
  /** Asks anew what waits. */
  look(): Promise<void>
}

const ORDER: readonly DockScope[] = ['read', 'moderate', 'control']

export function may({ scope }: DockState, wanted: DockScope): boolean {
  return scope !== null && ORDER.indexOf(scope) >= ORDER.indexOf(wanted)
}

export function hide({ calls, act }: Hands, { event }: DockRow): void {
  act(event.id, () => calls.hide({ id: event.id }))
}

export function hidePerson({ calls, act }: Hands, { event }: DockRow): void {
  const { platform, author } = event
  if (author) act(event.id, () => calls.hidePerson({ platform, authorId: author.id, name: author.name }))
}

/** Takes back what hid the row. What the platform or a rule took away stays away. */
export function undo({ calls, act }: Hands, { event, hidden }: DockRow): void {
  const { platform, author } = event
  if (hidden === 'moderator') act(event.id, () => calls.unhide({ id: event.id }))
  if (hidden === 'person' && author) act(event.id, () => calls.unhide({ platform, authorId: author.id }))
}

/** Somebody else may have been faster: either way the list is asked for anew. */
export function decide({ calls, act, look }: Hands, id: string, how: 'release' | 'refuse'): void {
  act(id, () => calls[how](id).finally(look))
}

export function feature({ calls, act }: Hands, id: string | null): void {
  act('feature', () => calls.feature(id))
}

/** Told by the server to every dock, this one too. */
export function wear({ calls, act }: Hands, overlay: string, theme: string): void {
  act('theme', () => calls.theme(overlay, theme))
}

export function panic({ calls, act }: Hands, on: boolean): void {
  act('panic', () => calls.panic(on))
}

export function slow({ calls, act }: Hands, on: boolean): void {
  act('slow', () => calls.slow(on))
}
