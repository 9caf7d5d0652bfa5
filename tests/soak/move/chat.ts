import type { Archive, ArchiveBatch, Gap } from '../../../server/stores/archive.ts'
import type { Stream } from '../../../server/stores/streams.ts'
import type { ChatEvent } from '../../../workers/message.ts'
import { pick } from '../../../workers/random.ts'
import { authorOf, batchOf, clearOf, messageOf, noticeOf, removeOf } from '../../workers/archive/events.ts'

/** The chat of a stream, with what is rare in one: the same random numbers make the same words. */

/** Stands in about every twentieth message; in one of the first stream; in none. */
export const OFTEN = 'lantern'
export const ONCE = 'zyzzyva'
export const NEVER = 'quagga'
/** Wrote in every stream, and was taken out of the first one. */
export const ERASED_AUTHOR = '900001'

const BATCH = 1_000
const PLATFORMS = ['twitch', 'youtube', 'kick'] as const
const PEOPLE = 5_000
const MILLE = 1_000
const OTHERS = [
  'hello',
  'from',
  'the',
  'harbour',
  'who',
  'needs',
  'soup',
  'otters',
  'are',
  'better',
  'than',
  'noodles',
  'again',
] as const
const ODD = [
  'Größe',
  '日本語',
  '💚',
  '"quoted"',
  'back\\slash',
  'line\u2028break',
  '\u0000',
  '\ud83d',
  "O'Mira",
] as const
const WORDS = [OFTEN, ...OTHERS, ...OTHERS, ...ODD] as const
const WORDS_OF_A_MESSAGE = 7

/** What a thousand events hold besides messages. */
const PER_MILLE = { notice: 30, remove: 8, clear: 1, gap: 1 } as const

/** Writes so many events in two epochs, and gaps between them. Gives how many records that were. */
export async function writeChat(
  archive: Archive,
  stream: Stream,
  events: number,
  random: () => number,
): Promise<number> {
  let gaps = 0
  for (let from = 1; from <= events; from += BATCH) {
    const epoch = from <= events / 2 ? 'before a restart' : 'behind it'
    await archive.append(batch(stream, epoch, from, Math.min(BATCH, events - from + 1), random))
    if (random() * MILLE >= PER_MILLE.gap * BATCH) continue
    await archive.gap(stream.id, epoch, gapAt(stream, from, random))
    gaps += 1
  }
  return events + gaps
}

function batch(stream: Stream, epoch: string, from: number, count: number, random: () => number): ArchiveBatch {
  const events = Array.from({ length: count }, (_, nth) => eventOf(stream, from + nth, random))
  return batchOf(stream.id, epoch, events)
}

function gapAt(stream: Stream, seq: number, random: () => number): Gap {
  const at = timeOf(stream, seq)
  const away = { platform: pick(random, PLATFORMS), until: at + 1_000 }
  return { kind: 'gap', count: Math.floor(random() * 5), at, reason: 'source', ...away }
}

function eventOf(stream: Stream, seq: number, random: () => number): ChatEvent {
  const platform = pick(random, PLATFORMS)
  const at = timeOf(stream, seq)
  const base = { seq, id: idOf(stream, seq), platform, at, receivedAt: at + 80 }
  // The first one of a stream is always somebody's message.
  const drawn = seq === 1 ? MILLE : random() * MILLE
  if (drawn < PER_MILLE.clear) return clearOf({ ...base, by: 'panel' })
  if (drawn < PER_MILLE.remove) return removeOf({ ...base, target: { id: idOf(stream, seq - 1) } })
  const person = seq === 1 ? 0 : Math.floor(random() ** 2 * PEOPLE)
  const author = authorOf(String(900_000 + person), `Noodle_${person}`, `noodle_${person}`)
  if (drawn < PER_MILLE.notice) return noticeOf({ ...base, text: `Noodle_${person} arrives with otters.`, author })
  return messageOf({ ...base, ...wordsOf(stream, seq, random), author })
}

function wordsOf(stream: Stream, seq: number, random: () => number) {
  const said = Array.from({ length: 1 + Math.floor(random() * WORDS_OF_A_MESSAGE) }, () => pick(random, WORDS)).join(
    ' ',
  )
  const text = stream.title === FIRST_TITLE && seq === 1 ? `${ONCE} ${said}` : said
  return { text, parts: [{ type: 'text' as const, text }] }
}
export const FIRST_TITLE = 'Night 1'

const idOf = ({ id }: Stream, seq: number) => `twitch:${id}-${seq}`
const timeOf = ({ startedAt }: Stream, seq: number) => startedAt + seq * 500
