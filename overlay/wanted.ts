import type { OverlaySettings } from '../server/look.ts'
import type { Drawable, Message, Money } from './words.ts'

/** Which events the settings let onto the screen, and which of them first. */

type EventKind = OverlaySettings['events'][number]

/** Kinds of notice that the setting names by another word. */
const KINDS: Readonly<Record<string, EventKind>> = {
  resub: 'sub',
  milestone: 'sub',
  announcement: 'announce',
  other: 'announce',
  reward: 'cheer',
}
/** Money in a currency; a platform's own coins are cheers to the settings. */
const CURRENCIES = ['superchat', 'sticker', 'paid-pin', 'donation']
const FIRST_ROLES = ['owner', 'staff', 'mod', 'vip'] as const

export function isWanted(event: Drawable, settings: OverlaySettings): boolean {
  if (settings.platforms.length > 0 && !settings.platforms.includes(event.platform)) return false
  if (event.simulated && !settings.simulated) return false
  if (event.kind === 'notice') return settings.events.includes(kindOf(event))
  return isWantedMessage(event, settings)
}

/** Money as far as the settings show it: what is not shown leaves a plain message. */
export function shownMoney({ money }: Drawable, { events }: OverlaySettings): Money | undefined {
  return money && events.includes(moneyKind(money)) ? money : undefined
}

/** Shown before others where more comes than may be shown, and dropped after them. */
export function isFirst(event: Drawable): boolean {
  return event.kind === 'notice' || !!event.money || FIRST_ROLES.some((role) => event.author.roles.includes(role))
}

function isWantedMessage(message: Message, settings: OverlaySettings): boolean {
  if (settings.hideBots && message.author.roles.includes('bot')) return false
  if (settings.hideCommands && message.text.startsWith('!')) return false
  const { hideUsers, onlyRoles } = settings
  if (isNamed(message.author, hideUsers)) return false
  if (onlyRoles.length > 0 && !onlyRoles.some((role) => message.author.roles.includes(role))) return false
  return shownMoney(message, settings) !== undefined || hasWords(message, settings)
}

/** At least as many letters as asked for; with links left out, more than links. */
function hasWords({ parts }: Message, { minLength, hideLinks }: OverlaySettings): boolean {
  const kept = hideLinks === 'hide' ? parts.filter(({ type }) => type !== 'link') : parts
  const words = kept.map((part) => part.text).join('')
  return [...words.trim()].length >= Math.max(1, minLength)
}

function isNamed({ name, login }: Message['author'], names: readonly string[]): boolean {
  const own = [name, login].map((each) => each?.toLowerCase())
  return names.some((each) => own.includes(each.toLowerCase()))
}

function kindOf({ what, money }: Extract<Drawable, { kind: 'notice' }>): EventKind {
  if (money) return moneyKind(money)
  return KINDS[what] ?? (what as EventKind)
}

const moneyKind = ({ kind }: Money): EventKind => (CURRENCIES.includes(kind) ? 'superchat' : 'cheer')
