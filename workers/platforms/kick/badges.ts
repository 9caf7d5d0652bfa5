import { filled, list, shaped, whole } from '../../foreign.ts'
import type { Badge, Role } from '../../message.ts'
import { cleanName, safeUrl } from '../../text.ts'
import { counted } from './events.ts'
import type { BadgeMetadata, Identity, Badge as KickBadge, SocketBadge } from './payload.ts'

/** Badges kept of one author. */
export const MAX_BADGES = 8

const HOSTS = ['ext.cdn.kick.com', 'files.kick.com', 'kick.com']

const ROLES: ReadonlyMap<string, Role> = new Map([
  ['broadcaster', 'owner'],
  ['moderator', 'mod'],
  ['vip', 'vip'],
  ['og', 'sub'],
  ['founder', 'sub'],
  ['subscriber', 'sub'],
  ['staff', 'staff'],
  ['verified', 'verified'],
  ['bot', 'bot'],
])
const COUNTS_MONTHS = new Set(['subscriber', 'founder'])

export interface Standing {
  roles: Role[]
  badges: Badge[]
}

/** The list of types is open: an unknown one is a badge that stands for no role. */
export function standing(identity: Identity, verified: boolean): Standing {
  const badges = new Map<string, Badge>()
  for (const value of list(identity.badges).slice(0, MAX_BADGES)) {
    const badge = shaped<KickBadge>(value)
    const id = cleanName(filled(badge.type) ?? '').toLowerCase()
    badges.set(id, { id, label: label(id, badge) })
  }
  for (const value of list(identity.badges_v2).slice(0, MAX_BADGES)) {
    const badge = pictured(shaped<SocketBadge>(value))
    if (badge !== undefined) badges.set(badge.id, { ...badge, label: badges.get(badge.id)?.label ?? badge.label })
  }
  const roles = new Set<Role>(verified ? ['verified'] : [])
  for (const id of badges.keys()) {
    const role = ROLES.get(id)
    if (role !== undefined) roles.add(role)
  }
  return { roles: [...roles], badges: [...badges.values()] }
}

function label(id: string, badge: KickBadge): string {
  const name = cleanName(filled(badge.text) ?? id)
  const count = whole(badge.count) ?? 0
  if (count === 0) return name
  return COUNTS_MONTHS.has(id) ? `${name} (${counted(count, 'month')})` : `${name} (${count})`
}

/** The socket's second list holds badges with pictures, of which the author has selected some. */
function pictured(badge: SocketBadge): Badge | undefined {
  const image = safeUrl(badge.image_url, HOSTS)
  if (badge.selected !== true || image === undefined) return undefined
  const id = cleanName(filled(badge.name) ?? '').toLowerCase()
  const { level } = shaped<BadgeMetadata>(badge.metadata)
  const name = id.charAt(0).toUpperCase() + id.slice(1)
  return { id, label: whole(level) === undefined ? name : `${name} ${whole(level)}`, image }
}
