import type { DeedView } from '../../server/api.ts'
import type { Api, Target } from '../api.ts'
import type { Key } from '../language/words.ts'

/** What was done, in words, and what takes it back. */

const DID = {
  hide: '{who} hid a message by {author}',
  unhide: '{who} showed a message by {author} again',
  hidePerson: '{who} hid {author} from now on',
  showPerson: '{who} showed {author} again',
  release: '{who} released a message by {author}',
  refuse: '{who} kept a message by {author} hidden',
  feature: '{who} featured a message by {author}',
  unfeature: '{who} took down the featured message',
  panic: '{who} emptied the overlays',
  calm: '{who} showed the chat again',
  slow: '{who} slowed the overlays down',
  unslow: '{who} ended the slow display',
  clear: '{who} cleared the overlays',
  theme: '{who} switched the theme of {author}',
  rules: '{who} changed the rules',
} as const satisfies Record<DeedView['what'], Key>
const ALL = {
  hide: '{who} hid all by {author}',
  unhide: '{who} showed all by {author} again',
} as const satisfies Record<string, Key>

const TAKEN_BACK = '{who} took a change of the rules back' satisfies Key

/** What was done, as a text with gaps for whoever did it and, in some, for whoever wrote what it was done to. */
export function deedText({ what, target, undoes }: Pick<DeedView, 'what' | 'target' | 'undoes'>) {
  if (what === 'rules' && undoes !== null) return TAKEN_BACK
  const isPerson = target !== null && 'authorId' in target
  return isPerson && (what === 'hide' || what === 'unhide') ? ALL[what] : DID[what]
}

type Calls = Pick<Api, 'hide' | 'unhide' | 'showPerson' | 'takeBackRules'>

/** The call that takes a deed back; null where there is none, or it was taken back already. */
export function undoOf(
  { id, what, target, undoneBy, restorable }: DeedView,
  api: Calls,
): (() => Promise<unknown>) | null {
  if (restorable) return () => api.takeBackRules(id)
  const known = undoneBy === null ? whole(target) : null
  if (known === null) return null
  if (what === 'hide' || what === 'refuse') return () => api.unhide(known)
  if (what === 'release') return () => api.hide(known)
  return what === 'hidePerson' && 'authorId' in known ? () => api.showPerson(known) : null
}

/** A person on every platform at once is hidden by programs alone. */
function whole(target: DeedView['target']): Target | null {
  if (target === null || 'id' in target) return target
  const { platform, authorId } = target
  return platform === undefined ? null : { platform, authorId }
}
