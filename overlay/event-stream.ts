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

export interface StreamOutcome {
  /** The HTTP status; 0 when nothing answered. */
  status: number
}

/**
 * Follows the stream until it ends, calling `frame` with the data of each event.
 * Never throws: an end is an end, whatever its cause.
 */
export async function followStream(
  address: string,
  key: string,
  signal: AbortSignal,
  frame: (data: string) => void,
): Promise<StreamOutcome> {
  let status = 0
  try {
    const headers = { Authorization: `Bearer ${key}`, Accept: 'text/event-stream' }
    const answer = await fetch(address, { headers, signal, cache: 'no-store', credentials: 'omit' })
    status = answer.status
    if (answer.ok && answer.body) await readAll(answer.body, frame)
  } catch {
    // Aborted, or the network is gone.
  }
  return { status }
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
