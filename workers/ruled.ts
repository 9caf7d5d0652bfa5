/** A channel's rules, and what they would do. */

/** What becomes of a caught event: never on air, or waiting for a moderator. Neither is ever dropped. */
export type Action = 'hide' | 'hold'

/** A blocked word; `whole` = only where no letter or digit touches it. */
export interface WordRule {
  text: string
  match: 'anywhere' | 'whole'
  action: Action
}

/** A channel's rules; an event that one of them catches is marked hidden, never dropped. */
export interface Rules {
  /** Compared without case and invisibles. A plain string hides wherever it stands. */
  words: (string | WordRule)[]
  /** Names or logins, compared without case. */
  users: string[]
  /** Hide messages that begin with `!`. */
  commands: boolean
  /** Hide known bots. */
  bots: boolean
  /** Links to other hosts than these and what is below them. */
  links: { action: Action; allow: string[] } | null
  /** Messages whose letters are capitals to so many per cent at least, from so many letters on. */
  caps: { action: Action; share: number; least: number } | null
  /** The same text by the same person within so many seconds. */
  repeats: { action: Action; within: number } | null
  /** Messages of emotes or emoji alone. */
  emoteOnly: { action: Action } | null
  /** Hold the first message that somebody ever writes, where the platform says so. */
  firstTimers: boolean
  /** Hold all that people write. */
  everything: boolean
}

export const NO_RULES: Rules = {
  words: [],
  users: [],
  commands: false,
  bots: false,
  links: null,
  caps: null,
  repeats: null,
  emoteOnly: null,
  firstTimers: false,
  everything: false,
}

/** The rules, and the people who are hidden one by one. */
export interface Ruled extends Rules {
  people: { platform: string; authorId: string }[]
}

export const UNRULED: Ruled = { ...NO_RULES, people: [] }

/** A message that nobody wrote, to try the rules on. */
export interface Trial {
  text: string
  name: string
  /** The person of that name who is meant; else a stranger. */
  person: { platform: string; authorId: string } | null
  /** It is somebody's first message. */
  first: boolean
  /** Null = the channel's own. */
  rules: Rules | null
}

/** What the rules would do with it. */
export interface TrialVerdict {
  /** The rule that catches it; null = none, it is shown. */
  rule: string | null
  action: Action | 'show'
  /** The word or the host that was found. */
  found: string | null
}
