/** How a dock is to look and sound; all of it stands in its address. */
export interface DockWishes {
  /** Letters of the feed, px. */
  size: number
  badges: boolean
  actions: boolean
  keys: boolean
  sound: boolean
}
export const DOCK_SIZES = [12, 24] as const
export const USUAL: DockWishes = { size: 14, badges: true, actions: true, keys: true, sound: false }

/** The address with what is not as usual; the key keeps its place at the end. */
export function dockAddress(url: string, wishes: DockWishes): string {
  const address = new URL(url)
  const say = (name: string, value: string, unusual: boolean) => unusual && address.searchParams.set(name, value)
  say('size', String(wishes.size), wishes.size !== USUAL.size)
  say('badges', 'none', !wishes.badges)
  say('actions', '0', !wishes.actions)
  say('keys', '0', !wishes.keys)
  say('sound', 'first', wishes.sound)
  return address.href
}
