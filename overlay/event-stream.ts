import type { Place } from './state.ts'

/** Reads text/event-stream as far as CrossChat speaks it: the `data` of each event, one JSON frame each. */

/** A frame longer than this is not ours. */
const MAX_PENDING = 8 * 1024 * 1024

export class EventStreamReader {
  #pending = ''
  #data: string[] = []

  /** Takes the next piece of the stream, cut anywhere; answers the data of the events that it completes. */
  push(piece: string): string[] {
    const lines = (this.#pending + piece).split(/\r\n|\n/)
    this.#pending = lines.pop() ?? ''
    if (this.#pending.length > MAX_PENDING) throw new Error('The stream carries a frame that is too long.')
    return lines.flatMap((line) => this.#line(line))
  }

  #line(line: string): string[] {
    if (line === '') {
      const done = this.#data
      this.#data = []
      return done.length > 0 ? [done.join('\n')] : []
    }
    if (line.startsWith('data:')) this.#data.push(line.slice(5).replace(/^ /, ''))
    return []
  }
}

export interface StreamEnds {
  /** The overlay's when not given. */
  door?: 'overlay' | 'dock'
  /** Where the server is. */
  location: Pick<Location, 'protocol' | 'host'>
  key: string
  /** Where the feed stands, for resuming. */
  place(): Place | null
}

const REFUSED = [401, 403]

/**
 * Follows the stream until it ends, calling `frame` with the data of each event; answers whether the key is no longer good.
 * Never throws: an end is an end, whatever its cause.
 */
export async function followStream(
  { door = 'overlay', location, key, place }: StreamEnds,
  signal: AbortSignal,
  frame: (data: string) => void,
): Promise<boolean> {
  let refused = false
  try {
    const headers = { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' }
    const address = `${location.protocol}//${location.host}/api/${door}/stream${placeQuery(place())}`
    const answer = await fetch(address, { headers, signal, cache: 'no-store', credentials: 'omit' })
    refused = REFUSED.includes(answer.status)
    if (answer.ok && answer.body) await readAll(answer.body, frame)
  } catch {
    // Aborted, or the network is gone.
  }
  return refused
}

function placeQuery(place: Place | null): string {
  return place ? `?epoch=${encodeURIComponent(place.epoch)}&seq=${place.seq}` : ''
}

async function readAll(body: ReadableStream<Uint8Array>, frame: (data: string) => void): Promise<void> {
  const events = new EventStreamReader()
  const letters = new TextDecoder()
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    for (const data of events.push(letters.decode(value, { stream: true }))) frame(data)
  }
}
