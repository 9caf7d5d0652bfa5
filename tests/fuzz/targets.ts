import type { Target } from './target.ts'
import { frames } from './targets/frames.ts'
import { ircLines } from './targets/irc-lines.ts'
import { looks } from './targets/looks.ts'
import { payloads } from './targets/payloads.ts'

/** Everything that is fuzzed. */
export const TARGETS: readonly Target[] = [payloads, ircLines, frames, looks]
