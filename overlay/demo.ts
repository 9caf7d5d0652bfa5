import type { OverlaySettings } from '../server/look.ts'
import type { About } from '../server/protocol.ts'
import { SCRIPT } from './demo-script.ts'
import type { Drawable, Word } from './words.ts'

/** Invented chat, made on the page: a theme can be tried without key, account or server. */

/** Rows that stand there when the page opens. */
const OPENING = 6
const SEED = 20_260
/** Milliseconds between two messages: people take their time, and sometimes several write at once. */
const PAUSE = { least: 500, most: 2_600, together: 160 }
const TOGETHER = 0.18
const EPOCH = 'demo'

/** Plays until the page closes; `still` shows the whole script once and stops. */
export async function playDemo(
  still: boolean,
  settings: OverlaySettings,
  receive: (word: Word) => void,
): Promise<void> {
  const platforms = await fetchPlatforms()
  const opening = still ? SCRIPT.length : OPENING
  const random = seeded(SEED)
  receive({
    type: 'welcome',
    epoch: EPOCH,
    seq: opening,
    recovered: true,
    featured: null,
    panic: false,
    settings,
    stream: { live: true, startedAt: null, title: null },
    platforms,
    build: __BUILD__,
  })
  const events = Array.from({ length: opening }, (_, i) => scene(i + 1, platforms))
  receive({ type: 'events', events })
  if (!still) playOn(opening + 1, platforms, random, receive)
}

function playOn(seq: number, platforms: readonly About[], random: () => number, receive: (word: Word) => void): void {
  const together = random() < TOGETHER
  const pause = together ? PAUSE.together : PAUSE.least + random() * (PAUSE.most - PAUSE.least)
  setTimeout(() => {
    receive({ type: 'events', events: [scene(seq, platforms)] })
    playOn(seq + 1, platforms, random, receive)
  }, pause)
}

/** The script goes round; its scenes move to the next platform with every round. */
function scene(seq: number, platforms: readonly About[]): Drawable {
  const index = (seq - 1) % SCRIPT.length
  const round = Math.floor((seq - 1) / SCRIPT.length)
  const { on, event } = SCRIPT[index] ?? SCRIPT[0]
  const platform = platforms[(on + round) % Math.max(1, platforms.length)]?.id ?? EPOCH
  const now = Date.now()
  return { ...event, seq, id: `${platform}:demo-${seq}`, platform, at: now, receivedAt: now }
}

async function fetchPlatforms(): Promise<About[]> {
  try {
    const answer = await fetch(__PLATFORMS__)
    const platforms: About[] = await answer.json()
    return platforms
  } catch {
    return []
  }
}

/** mulberry32: the same show every time. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
