/** Keyboard shortcuts: single keys, and `g` followed by one. Silent in fields, in dialogs and while an IME composes. */

export interface KeyLike {
  key: string
  ctrlKey: boolean
  altKey: boolean
  metaKey: boolean
  isComposing: boolean
}
export type KeyMap = Readonly<Record<string, () => void>>

/** How long `g` waits for its second key. */
const CHORD_MS = 1_500

/** Gives the reader of keys: it answers whether the key was one of the map's, and then has run it. */
export function keyReader(map: KeyMap, now: () => number = Date.now): (event: KeyLike) => boolean {
  let chordUntil = 0
  return (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return false
    const name = now() < chordUntil ? `g ${event.key}` : event.key
    chordUntil = 0
    if (event.key === 'g' && name === 'g') {
      chordUntil = now() + CHORD_MS
      return true
    }
    const run = Object.hasOwn(map, name) ? map[name] : undefined
    run?.()
    return run !== undefined
  }
}

/** Where letters are typed, or keys already mean something. */
const TYPING = 'input, textarea, select, [contenteditable], dialog'
const PRESSING = 'button, a[href], summary, [role="button"]'

export function listenToKeys(document: Document, map: KeyMap, enabled: () => boolean): () => void {
  const read = keyReader(map)
  const listener = (event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null
    if (!enabled() || target?.closest(TYPING) || document.querySelector('dialog[open]')) return
    if ((event.key === ' ' || event.key === 'Enter') && target?.closest(PRESSING)) return
    if (read(event)) event.preventDefault()
  }
  document.addEventListener('keydown', listener)
  return () => document.removeEventListener('keydown', listener)
}
