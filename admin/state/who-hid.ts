import type { DeedView } from '../../server/api.ts'
import type { Row } from './feed.ts'
import { timeOfDay } from './format.ts'

/** A name may be written from right to left; within these the rest of the line is not. */
const [ISOLATE, END] = ['\u2068', '\u2069']

/** Who hid a row here, and when: `quiet_otter, 20:14:12`; null = not known. */
export function whoHid(row: Row, deeds: readonly DeedView[]): string | null {
  const deed = deeds.find((each) => each.undoneBy === null && hits(each, row))
  return deed === undefined ? null : `${ISOLATE}${deed.by.name}${END}, ${timeOfDay(deed.at)}`
}

function hits({ what, target }: DeedView, { event, withAuthor }: Row): boolean {
  if (target === null || event.kind === 'clear') return false
  if ('id' in target) return what === 'hide' && withAuthor !== true && target.id === event.id
  const samePlatform = target.platform === undefined || target.platform === event.platform
  return (what === 'hide' || what === 'hidePerson') && samePlatform && target.authorId === event.author?.id
}
