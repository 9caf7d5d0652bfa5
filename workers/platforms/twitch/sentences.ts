import { clean } from '../../text.ts'
import { whatOf } from './kinds.ts'
import type { NoticeDraft } from './payload.ts'

/** Kinds whose sentence by Twitch leaves out who it is about, or is no sentence ("bits badge tier notification"). */
const NAMELESS = new Set([
  'bitsbadgetier',
  'bits_badge_tier',
  'modiversary',
  'socialsharingbadge',
  'social_sharing_badge',
])

/** Twitch's own sentence where it can be shown as it is, else one of ours. */
export function sentenceFor(kind: string, system: string, notice: Omit<NoticeDraft, 'text'>): string {
  const said = clean(system).trim()
  const name = notice.author?.name ?? ''
  const enough = !NAMELESS.has(kind) || said.toLowerCase().includes(name.toLowerCase())
  return said !== '' && enough ? said : ownSentence(kind, name || 'Someone', notice)
}

function ownSentence(kind: string, name: string, notice: Omit<NoticeDraft, 'text'>): string {
  const { count, months, tier } = notice
  if (kind.startsWith('bits')) return `${name} earned the ${count === undefined ? '' : `${count} `}bits badge.`
  if (kind === 'modiversary' && months !== undefined)
    return `${name} has been a moderator for ${plural(months, 'month')}!`
  if (kind.startsWith('social')) return `${name} unlocked a social sharing badge.`
  switch (whatOf(kind)) {
    case 'sub':
    case 'resub':
      return `${name} subscribed${tier === undefined ? '' : ` with ${tier}`}.`
    case 'gift':
      return `${name} gifted ${plural(count ?? 1, 'sub')}.`
    case 'raid':
      return raidSentence(name, count)
    case 'announcement':
      return `${name} made an announcement.`
    case 'milestone':
      return `${name} reached a milestone.`
    default:
      return `${name} shared news of a kind that is new here: ${clean(kind) || 'unnamed'}.`
  }
}

export function raidSentence(name: string, viewers: number | undefined): string {
  return viewers === undefined ? `${name} is raiding.` : `${name} is raiding with ${plural(viewers, 'viewer')}.`
}

export function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
