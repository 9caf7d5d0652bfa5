import type { DeedView } from '../../server/api.ts'
import type { Api, Target } from '../api.ts'

/** What was done, in words, and what takes it back. */

/** `…` stands for whoever wrote it. */
const DID: Readonly<Record<DeedView['what'], string>> = {
  hide: 'hid a message by …',
  unhide: 'showed a message by … again',
  hidePerson: 'hid … from now on',
  showPerson: 'showed … again',
  release: 'released a message by …',
  refuse: 'kept a message by … hidden',
  feature: 'featured a message by …',
  unfeature: 'took down the featured message',
  panic: 'emptied the overlays',
  calm: 'showed the chat again',
  slow: 'slowed the overlays down',
  unslow: 'ended the slow display',
  clear: 'cleared the overlays',
  rules: 'changed the rules',
}
const ALL = { hide: 'hid all by …', unhide: 'showed all by … again' } as const

/** What was done, in two halves with the author's name between them; without a name in one. */
export function didWhat({ what, target, author }: Pick<DeedView, 'what' | 'target' | 'author'>): [string, string] {
  const isPerson = target !== null && 'authorId' in target
  const said = isPerson && (what === 'hide' || what === 'unhide') ? ALL[what] : DID[what]
  const [before = '', after = ''] = said.split('…')
  return author === null ? [said.replace('…', 'somebody'), ''] : [before, after]
}

type Calls = Pick<Api, 'hide' | 'unhide' | 'showPerson'>

/** The call that takes a deed back; null where there is none, or it was taken back already. */
export function undoOf({ what, target, undoneBy }: DeedView, api: Calls): (() => Promise<unknown>) | null {
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
