/** What the dock's address asks for. The fragment holds the key and nothing else. */
export interface DockQuery {
  view: 'chat' | 'control'
  /** Letters of the feed, px. */
  size: number
  badges: 'text' | 'none'
  /** Single letters act on the chosen message. */
  keys: boolean
  /** Messages have buttons, where the key may press them. */
  actions: boolean
  /** A short sound when somebody writes for the first time. */
  sound: 'first' | 'none'
  /** The server build that this page was reloaded for, if it was. */
  reloadedFor: string | null
}

const SIZES = [12, 24] as const
const DEFAULT_SIZE = 14

/** Unknown names and values are ignored, sizes out of range are clamped. */
export function readDockQuery(search: string): DockQuery {
  const given = new URLSearchParams(search)
  const size = Math.round(Number(given.get('size') || DEFAULT_SIZE))
  return {
    view: given.get('view') === 'control' ? 'control' : 'chat',
    size: Number.isFinite(size) ? Math.min(SIZES[1], Math.max(SIZES[0], size)) : DEFAULT_SIZE,
    keys: given.get('keys') !== '0',
    actions: given.get('actions') !== '0',
    sound: given.get('sound') === 'first' ? 'first' : 'none',
    badges: given.get('badges') === 'none' ? 'none' : 'text',
    reloadedFor: given.get('build'),
  }
}
