import { type Signal, signal } from '@preact/signals'
import { ApiError } from '../api.ts'

/** Within this time a file mostly comes; only what takes longer is told of. */
export const TOLD_AFTER_MS = 1_000
/** Between two changes of what is told. */
const TELL_EVERY_MS = 200

export interface DownloadEnds {
  fetch: (address: string, init: RequestInit) => Promise<Response>
  /** Gives the file to the person. */
  save: (file: Blob, name: string) => void
  now: () => number
}

/** Fetches a file, tells how much of it is there, and saves it when it is whole. */
export class Download {
  /** Bytes that are there, once it is worth telling. */
  readonly bytes: Signal<number | null> = signal(null)
  readonly #ends: DownloadEnds
  #running: AbortController | null = null

  constructor(ends: DownloadEnds) {
    this.#ends = ends
  }

  /** False when it was cancelled. Throws ApiError; then nothing was saved. */
  async start(address: string): Promise<boolean> {
    const running = new AbortController()
    this.#running = running
    const telling = setTimeout(() => (this.bytes.value = 0), TOLD_AFTER_MS)
    try {
      const answer = await this.#ends.fetch(address, { signal: running.signal })
      if (!answer.ok) throw await refusalOf(answer)
      const pieces = await this.#read(answer)
      if (running.signal.aborted) return false
      this.#ends.save(new Blob(pieces, { type: answer.headers.get('Content-Type') ?? '' }), nameOf(answer))
      return true
    } catch (thrown) {
      if (running.signal.aborted) return false
      if (thrown instanceof ApiError) throw thrown
      throw new ApiError(0, { code: 'broken_off', message: 'The file broke off before its end. Try again.' })
    } finally {
      clearTimeout(telling)
      this.bytes.value = null
    }
  }

  cancel(): void {
    this.#running?.abort()
  }

  async #read(answer: Response): Promise<Uint8Array<ArrayBuffer>[]> {
    const reader = answer.body?.getReader()
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let bytes = 0
    let told = 0
    for (let read = await reader?.read(); read !== undefined && !read.done; read = await reader?.read()) {
      pieces.push(read.value)
      bytes += read.value.length
      if (this.bytes.value === null || this.#ends.now() - told < TELL_EVERY_MS) continue
      told = this.#ends.now()
      this.bytes.value = bytes
    }
    return pieces
  }
}

async function refusalOf(answer: Response): Promise<ApiError> {
  const wait = answer.headers.get('Retry-After')
  const body: { error?: { code: string; message: string } } = await answer.json().catch(() => ({}))
  return new ApiError(answer.status, body.error ?? {}, wait === null ? null : Number(wait))
}

function nameOf(answer: Response): string {
  return /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '')?.[1] ?? 'crosschat-export'
}

/** As a link with `download` does. */
export function saveFile(file: Blob, name: string): void {
  const address = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // After the click has been worked on: the browser has taken the file by then.
  setTimeout(() => URL.revokeObjectURL(address), TOLD_AFTER_MS)
}
