import type { Target } from './target.ts'
import { bodies } from './targets/bodies.ts'
import { dataFolder } from './targets/data-folder.ts'
import { frames } from './targets/frames.ts'
import { ircLines } from './targets/irc-lines.ts'
import { keptLines } from './targets/kept-lines.ts'
import { looks } from './targets/looks.ts'
import { payloads } from './targets/payloads.ts'
import { ring } from './targets/ring.ts'
import { sockets } from './targets/sockets.ts'
import { stores } from './targets/stores.ts'
import { typed } from './targets/words.ts'

/** Everything that is fuzzed. */
export const TARGETS: readonly Target[] = [
  payloads,
  ircLines,
  frames,
  sockets,
  bodies,
  looks,
  typed,
  ring,
  keptLines,
  stores,
  dataFolder,
]
