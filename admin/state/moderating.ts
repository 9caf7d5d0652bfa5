import { type Api, ApiError } from '../api.ts'
import type { Row } from './feed.ts'
import type { Lasts } from './hidden-for.ts'
import type { Message, Notice } from './model.ts'
import type { Toasts } from './toasts.ts'

type Of<K extends keyof Row = 'event'> = Pick<Row, K>

/** What may be done to a row of the live feed. The same object for as long as the page lives, so that rows stand still. */
export interface RowHands {
  hide(row: Of): void
  /** Whatever they write, until it is taken back or the time is up. */
  hidePerson(row: Of, how?: { note?: string; lasts?: Lasts | undefined }): void
  showPerson(row: Of): void
  /** Takes back what hid the row here; what its platform removed stays removed. */
  undo(row: Of<'event' | 'withAuthor'>): void
  /** Null takes down what is featured. */
  feature(row: Of | null): void
  /** Marks its place in the running stream. */
  mark(row: Of): void
  unmark(id: string): void
}

export interface Calling {
  api: Api
  toasts: Toasts
}

/** What fails is told. */
export function moderating({ api, toasts }: Calling): RowHands {
  const act = inTurn((error) => toasts.failed(error))
  const show = (row: Of) => api.showPerson(personOf(row)).catch((error: unknown) => stillUnhide(error, row))
  /** Who is on no list may have been hidden once, with what they had written. */
  const stillUnhide = (error: unknown, row: Of) => {
    if (error instanceof ApiError && error.status === 404) return api.unhide(personOf(row))
    throw error
  }
  return {
    hide: ({ event }) => act(event.id, 'hide', () => api.hide({ id: event.id })),
    hidePerson: (row, { note = '', lasts } = {}) => {
      const person = { ...personOf(row), name: nameOf(row), note, ...(lasts !== undefined && { lasts }) }
      act(row.event.id, 'hide person', () => api.hidePerson(person))
    },
    showPerson: (row) => act(row.event.id, 'show person', () => show(row)),
    undo: (row) => act(row.event.id, 'undo', () => (row.withAuthor ? show(row) : api.unhide({ id: row.event.id }))),
    feature: (row) => act('featured', row?.event.id ?? 'nothing', () => api.feature(row?.event.id ?? null)),
    mark: ({ event }) => act(event.id, 'mark', () => api.mark(event.id)),
    unmark: (id) => act(id, 'unmark', () => api.unmark(id)),
  }
}

type Act = (about: string, what: string, call: () => Promise<unknown>) => void

/**
 * One call about a thing at a time, in the order of the hands: an undo waits for the answer about what it takes back. What is asked
 * already is not asked twice.
 */
function inTurn(failed: (error: Error) => void): Act {
  const asked = new Set<string>()
  const last = new Map<string, Promise<void>>()
  return (about, what, call) => {
    const name = `${what} ${about}`
    if (asked.has(name)) return
    asked.add(name)
    const turn = (last.get(about)?.then(call) ?? call()).catch(failed).then(() => {
      asked.delete(name)
      if (last.get(about) === turn) last.delete(about)
    })
    last.set(about, turn)
  }
}

/** Only rows that somebody wrote are asked about. */
function personOf({ event }: Of): { platform: string; authorId: string } {
  return { platform: event.platform, authorId: authorOf(event)?.id ?? '' }
}

function nameOf({ event }: Of): string {
  return authorOf(event)?.name ?? ''
}

function authorOf(event: Row['event']): Message['author'] | Notice['author'] {
  return event.kind === 'clear' ? undefined : event.author
}
