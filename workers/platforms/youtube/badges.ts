import { filled, isObject, list, shaped } from '../../foreign.ts'
import type { Badge, Role } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { picture } from './images.ts'
import type { AuthorBadge, AuthorBadgeRenderer, AuthorDetails, Icon } from './payload.ts'

/** Badges kept of one author. */
export const MAX_BADGES = 8

const ICONS: ReadonlyMap<string, Role> = new Map([
  ['OWNER', 'owner'],
  ['MODERATOR', 'mod'],
  ['VERIFIED', 'verified'],
])

export interface Standing {
  roles: Role[]
  badges: Badge[]
}

/** From the flags of the official API, which has no pictures of badges. */
export function flagged(details: AuthorDetails): Standing {
  const badges: (Badge & { id: Role })[] = []
  if (details.isChatOwner === true) badges.push({ id: 'owner', label: 'Owner' })
  if (details.isChatModerator === true) badges.push({ id: 'mod', label: 'Moderator' })
  if (details.isChatSponsor === true) badges.push({ id: 'sub', label: 'Member' })
  if (details.isVerified === true) badges.push({ id: 'verified', label: 'Verified' })
  return { roles: badges.map((badge) => badge.id), badges }
}

/** From the web page's `authorBadges`: icons by name, and the channel's own picture for its members. */
export function pinned(authorBadges: unknown): Standing {
  const roles = new Set<Role>()
  const badges = new Map<string, Badge>()
  for (const value of list(authorBadges).slice(0, MAX_BADGES)) {
    const badge = shaped<AuthorBadgeRenderer>(shaped<AuthorBadge>(value).liveChatAuthorBadgeRenderer)
    const icon = filled(shaped<Icon>(badge.icon).iconType)
    const role = isObject(badge.customThumbnail) ? 'sub' : ICONS.get(icon ?? '')
    if (role !== undefined) roles.add(role)
    const id = role ?? cleanName(icon ?? '').toLowerCase()
    const image = picture(badge.customThumbnail)
    badges.set(id, { id, label: cleanName(filled(badge.tooltip) ?? id), ...(image !== undefined && { image }) })
  }
  return { roles: [...roles], badges: [...badges.values()] }
}
