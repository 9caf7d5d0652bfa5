import { KEEP_EVERY_MS } from '../../server/kept-marks.ts'
import { MIN_RING_BYTES } from '../../workers/queue/layout.ts'
import { pick, seeded } from '../../workers/random.ts'

/** The one channel, and the words that its rules hide, or hold until a moderator decides. */
export const CHANNEL = 'cool_channel'
export const HIDDEN_WORD = 'spoiler'
export const HELD_WORD = 'maybe'

/** What a history is made of, drawn from its seed. */
export interface Plan {
  steps: number
  senders: number
  pages: number
  ringBytes: number
  /** A stream is begun, and another when it ended. */
  stream: boolean
  /** How often it is ended, against 1 for its begin. */
  ends: number
  /** How often a moderator does something, against 2 for each sender. */
  moderates: number
  /** How much of what is held they refuse. */
  refuses: number
  /** How many pages no socket gets through to. */
  blocked: number
  /** How often a connector brings something, against 2 for each sender. */
  brings: number
  /** How often what was shown is kept for the next process, ms. */
  marksEvery: number
  /** How often each fault is injected, against 6 for time that passes. */
  violence: Record<Fault, number>
}

export const FAULTS = [
  'cut',
  'freeze',
  'slow',
  'worker death',
  'kill',
  'restart',
  'clock jump',
  'failing disk',
  'page anew',
  'long pause',
] as const
export type Fault = (typeof FAULTS)[number]

/** How often a fault is injected, and how much less or more what costs most, and what seldom finds something to hit. */
const USUAL = 0.15
const OFTEN: Partial<Record<Fault, number>> = { kill: 0.3, restart: 0.3, 'long pause': 0.1, 'failing disk': 5 }

/** Histories from this seed on have more in them: moderators refuse, too, and pages read event streams. Those before stay what they were found as. */
export const FULLER_FROM = 1_000_000

export function planOf(seed: number): Plan {
  const random = seeded(seed)
  // Not every fault in every history: some are only seen where another does not hide them.
  const strengthOf = (fault: Fault) => pick(random, [0, 1, 3]) * USUAL * (OFTEN[fault] ?? 1)
  return {
    steps: pick(random, [80, 200, 400]),
    senders: pick(random, [1, 2, 3]),
    pages: pick(random, [1, 2]),
    ringBytes: pick(random, [8, 64, 256]) * MIN_RING_BYTES,
    stream: random() < 0.6,
    ends: pick(random, [0, 0, 0.2]),
    moderates: pick(random, [0, 0.5, 1]),
    brings: pick(random, [0, 0, 1]),
    marksEvery: pick(random, [200, 1_000, KEEP_EVERY_MS]),
    violence: Object.fromEntries(FAULTS.map((fault) => [fault, strengthOf(fault)])) as Record<Fault, number>,
    refuses: seed < FULLER_FROM ? 0 : pick(random, [0, 0.2, 0.4]),
    blocked: seed < FULLER_FROM ? 0 : pick(random, [0, 0.5, 1]),
  }
}
