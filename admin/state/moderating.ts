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

/** One call about a thing at a time; what fails is told. */
export function moderating({ api, toasts }: Calling): RowHands {
  const asked = new Set<string>()
  const act = (about: string, call: () => Promise<unknown>) => {
    if (asked.has(about)) return
    asked.add(about)
    call()
      .catch((error: Error) => toasts.failed(error))
      .finally(() => asked.delete(about))
  }
  const show = (row: Of) => api.showPerson(personOf(row)).catch((error: unknown) => stillUnhide(error, row))
  /** Who is on no list may have been hidden once, with what they had written. */
  const stillUnhide = (error: unknown, row: Of) => {
    if (error instanceof ApiError && error.status === 404) return api.unhide(personOf(row))
    throw error
  }
  return {
    hide: ({ event }) => act(event.id, () => api.hide({ id: event.id })),
    hidePerson: (row, { note = '', lasts } = {}) => {
      const person = { ...personOf(row), name: nameOf(row), note, ...(lasts !== undefined && { lasts }) }
      act(row.event.id, () => api.hidePerson(person))
    },
    showPerson: (row) => act(row.event.id, () => show(row)),
    undo: (row) => act(row.event.id, () => (row.withAuthor ? show(row) : api.unhide({ id: row.event.id }))),
    feature: (row) => act('feature', () => api.feature(row?.event.id ?? null)),
    mark: ({ event }) => act(event.id, () => api.mark(event.id)),
    unmark: (id) => act(id, () => api.unmark(id)),
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
