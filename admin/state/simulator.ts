import type { Kind } from '../api.ts'
import { type Text, t } from '../language/words.ts'

/** What the simulator's form offers; the platforms say themselves which kinds they can make. */
const KIND_LABELS: Record<Kind, Text> = {
  message: 'Message',
  action: 'Action (/me)',
  reply: 'Reply',
  first: 'First message',
  sub: 'Subscription',
  resub: 'Resubscription',
  gift: 'Gifted subs',
  raid: 'Raid',
  follow: 'Follow',
  cheer: 'Cheer',
  superchat: 'Super chat',
  announcement: 'Announcement',
}

/** A newer server may know kinds that this page does not. */
export function kindOf(kind: Kind): string {
  return Object.hasOwn(KIND_LABELS, kind) ? t(KIND_LABELS[kind]) : kind
}

/** What `amount` counts, for the kinds that have one. */
export const AMOUNT_LABELS: Partial<Record<Kind, Text>> = {
  resub: 'Months',
  gift: 'Subs',
  raid: 'Viewers',
  cheer: 'Bits',
  superchat: 'Amount',
}

export const SIMULATED_ROLES = ['vip', 'mod', 'sub', 'owner'] as const
export type SimulatedRole = (typeof SIMULATED_ROLES)[number]

/** Invented, all of them. */
export const NAMES = [
  'PixelOtter',
  'lantern_fox',
  'MossyKeyboard',
  'Quiet Comet',
  'teacup_dragon',
  'NordWind77',
  'Marzipan',
  'bytebadger',
  'VelvetRaccoon',
  'Ada Kestrel',
  'saltyharbor',
  'Ферзь',
  'ミナト',
  'averyveryverylongname_2026',
] as const

export const LINES = [
  'Hello from the simulator!',
  'that jump was unreal, do it again',
  'first time here, hi!',
  'what keyboard is that?',
  'gg wp',
  'the lighting in this level is gorgeous',
] as const

/** Another one than the last. */
export function another<T>(list: readonly T[], last: T | undefined, random: () => number): T | undefined {
  const rest = list.filter((item) => item !== last)
  return rest[Math.floor(random() * rest.length)] ?? list[0]
}
