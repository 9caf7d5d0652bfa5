import type { Author } from '../words.ts'
import { allowedImage } from './images.ts'

/** What badges stand for, whatever a platform calls them. */

/** Kinds of badge, weightiest first: its name and what else it is called, and its sign in a 24 by 24 box. */
const KINDS: readonly (readonly [called: string, sign: string])[] = [
  ['owner broadcaster', 'M3 7l5 4 4-7 4 7 5-4-2 12H5z'],
  ['staff admin global_mod', 'M21 6a6 6 0 0 1-8 7l-6 6a2 2 0 0 1-3-3l6-6a6 6 0 0 1 7-8l-3 4 1 4 4 1z'],
  ['mod moderator lead_moderator', 'M12 2l8 3v6c0 5-3 8-8 11-5-3-8-6-8-11V5z'],
  ['vip', 'M7 4h10l5 6-10 11L2 10z'],
  ['bot bot-badge', 'M11 2h2v3h6v15H5V5h6zM8 9v4h3V9zM13 9v4h3V9zM8 16v2h8v-2z'],
  ['founder', 'M10 4h5v16h-5V9l-3 2V7z'],
  ['sub subscriber og', 'M12 2l3 7 7 1-5 5 1 7-6-4-6 4 1-7-5-5 7-1z'],
  ['verified partner', 'M9 20l-7-7 3-3 4 4L19 4l3 3z'],
]
const FOUNDER = 'founder'

export interface Shown {
  /** Stands in the tree: the kind, or what the badge is called. */
  name: string
  label: string
  image: string | null
  /** Its place among the kinds; behind them all for what is none. */
  weight: number
}

/** An author's badges that have a picture or a sign, and signs for roles that came without a badge. */
export function pictures({ badges, roles }: Author): Shown[] {
  const shown = new Map<string, Shown>()
  for (const { id, label, image } of badges) {
    const badge = shownOf(id.split('/')[0] ?? '', label, allowedImage(image))
    if (badge.image !== null || KINDS[badge.weight]) shown.set(badge.name, badge)
  }
  for (const role of roles) {
    // A founder is one of the first subscribers.
    if (!shown.has(role) && !(role === 'sub' && shown.has(FOUNDER))) shown.set(role, shownOf(role, role, null))
  }
  return [...shown.values()].sort(byWeight)
}

export function shownOf(called: string, label: string, image: string | null): Shown {
  const place = KINDS.findIndex(([names]) => names.split(' ').includes(called))
  const [name = called] = KINDS[place]?.[0].split(' ') ?? []
  return { name, label, image, weight: place < 0 ? KINDS.length : place }
}

export const byWeight = (one: Shown, other: Shown) => one.weight - other.weight

/** In a 24 by 24 box. */
export const signOf = (weight: number): string | undefined => KINDS[weight]?.[1]
