import type { Person } from '../api.ts'
import type { Row } from './feed.ts'
import type { Panel } from './panel.ts'

/** What may be done to a row of the live feed. The same object for as long as the page lives, so that rows stand still. */
export interface RowHands {
  hide(id: string): void
  hidePerson(row: Pick<Row, 'event'>): void
  /** Takes back what hid the row here; what its platform removed stays removed. */
  undo(row: Pick<Row, 'event' | 'withAuthor'>): void
  /** Null takes down what is featured. */
  feature(id: string | null): void
}

/** One call about a thing at a time; what fails is told. */
export function moderating({ api, toasts }: Panel): RowHands {
  const asked = new Set<string>()
  const act = (about: string, call: () => Promise<unknown>) => {
    if (asked.has(about)) return
    asked.add(about)
    call()
      .catch((error: Error) => toasts.failed(error))
      .finally(() => asked.delete(about))
  }
  return {
    hide: (id) => act(id, () => api.hide({ id })),
    hidePerson: (row) => act(row.event.id, () => hideAuthor(api, row)),
    undo: (row) => {
      const person = row.withAuthor ? personOf(row) : null
      act(row.event.id, () => api.unhide(person ?? { id: row.event.id }))
    },
    feature: (id) => act('feature', () => api.feature(id)),
  }
}

/** With all that they write from now on; a line that nobody wrote is hidden alone. */
function hideAuthor(api: Panel['api'], row: Pick<Row, 'event'>): Promise<unknown> {
  const person = personOf(row)
  if (person === null) return api.hide({ id: row.event.id })
  return api.hidePerson({ ...person, name: authorOf(row)?.name ?? '' })
}

function authorOf({ event }: Pick<Row, 'event'>) {
  return event.kind === 'clear' ? undefined : event.author
}

function personOf(row: Pick<Row, 'event'>): Person | null {
  const author = authorOf(row)
  return author === undefined ? null : { platform: row.event.platform, authorId: author.id }
}
