import type { Badge, Role } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { platformId } from './ids.ts'

/** One badge as Twitch names it: `set/version`, with `info` such as exact months where Twitch gives it. */
export interface TwitchBadge {
  set: string
  version: string
  info: string
}

/** Badges read of one author; Twitch shows three. */
export const MAX_BADGES = 20

/** The tags `badges` and `badge-info`: `set/version,set/version`, split at the first `/`; entries without one are dropped. */
export function readBadgeTags(badges: string, badgeInfo: string): TwitchBadge[] {
  if (badges === '') return []
  const info = new Map(pairs(badgeInfo))
  return pairs(badges).map(([set, version]) => ({ set, version, info: info.get(set) ?? '' }))
}

function pairs(tag: string): [string, string][] {
  const found: [string, string][] = []
  if (tag === '') return found
  for (const entry of tag.split(',', MAX_BADGES)) {
    const slash = entry.indexOf('/')
    if (slash > 0) found.push([entry.slice(0, slash), entry.slice(slash + 1)])
  }
  return found
}

const ROLES = new Map<string, Role>([
  ['broadcaster', 'owner'],
  ['moderator', 'mod'],
  ['lead_moderator', 'mod'],
  ['vip', 'vip'],
  ['subscriber', 'sub'],
  ['founder', 'sub'],
  ['staff', 'staff'],
  ['admin', 'staff'],
  ['global_mod', 'staff'],
  ['partner', 'verified'],
  ['verified', 'verified'],
  ['bot-badge', 'bot'],
])

export function roleOfBadge(set: string): Role | undefined {
  return ROLES.get(set)
}

const LABELS = new Map([
  ['broadcaster', 'Broadcaster'],
  ['moderator', 'Moderator'],
  ['lead_moderator', 'Lead moderator'],
  ['vip', 'VIP'],
  ['subscriber', 'Subscriber'],
  ['founder', 'Founder'],
  ['staff', 'Staff'],
  ['admin', 'Admin'],
  ['global_mod', 'Global moderator'],
  ['partner', 'Verified'],
  ['premium', 'Prime'],
  ['bot-badge', 'Chat bot'],
])
/** Sets whose version is a number worth reading. */
const COUNTED = new Set(['bits', 'sub-gifter'])

export function showBadge({ set, version, info }: TwitchBadge): Badge {
  return { id: platformId(`${set}/${version}`), label: label(set, version, info) }
}

function label(set: string, version: string, info: string): string {
  const name = LABELS.get(set) ?? cleanName(set.replace(/[-_]+/g, ' '))
  if (COUNTED.has(set) && /^\d{1,9}$/.test(version)) return `${name} (${version})`
  const months = set === 'subscriber' || set === 'founder' ? monthsOf(info) : 0
  if (months === 0) return name
  return `${name} (${months} ${months === 1 ? 'month' : 'months'})`
}

function monthsOf(info: string): number {
  return /^\d{1,4}$/.test(info) ? Number(info) : 0
}
