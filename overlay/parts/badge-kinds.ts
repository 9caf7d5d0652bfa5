import type { Author } from '../words.ts'
import { allowedImage } from './images.ts'

/** What badges stand for, whatever a platform calls them. */

/** Kinds of badge, weightiest first: its name and what else it is called. Their signs stand in signs.css. */
const KINDS: readonly string[] = [
  'owner broadcaster',
  'staff admin global_mod',
  'mod moderator lead_moderator',
  'vip',
  'bot bot-badge',
  'founder',
  'sub subscriber og',
  'verified partner',
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
    if (badge.image !== null || hasSign(badge)) shown.set(badge.name, badge)
  }
  for (const role of roles) {
    // A founder is one of the first subscribers.
    if (!shown.has(role) && !(role === 'sub' && shown.has(FOUNDER))) shown.set(role, shownOf(role, role, null))
  }
  return [...shown.values()].sort(byWeight)
}

export function shownOf(called: string, label: string, image: string | null): Shown {
  const place = KINDS.findIndex((names) => names.split(' ').includes(called))
  const [name = called] = KINDS[place]?.split(' ') ?? []
  return { name, label, image, weight: place < 0 ? KINDS.length : place }
}

export const byWeight = (one: Shown, other: Shown) => one.weight - other.weight

/** Whether there is a sign of it. */
export const hasSign = ({ weight }: Shown): boolean => weight < KINDS.length
