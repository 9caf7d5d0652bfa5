import type { ChatEvent } from '../../workers/message.ts'
import type { Archive, Archived } from '../stores/archive.ts'

/** What a replay shows at most, and how long it lets a quiet chat be quiet. */
export const MAX_REPLAYED = 5_000
export const LONGEST_PAUSE_MS = 5_000
const PAGE = 200

/** Plays what a stream's archive holds, in its own rhythm. */
export class Replay {
  readonly #archive: Pick<Archive, 'page'>
  readonly #show: (event: ChatEvent) => void
  readonly #speed: number
  /** Set before every id: the page takes no event twice, and a replay may well be seen twice. */
  readonly #mark: string
  #timer: NodeJS.Timeout | undefined
  #wake: (() => void) | undefined
  #ended = false

  constructor(archive: Pick<Archive, 'page'>, mark: string, speed: number, show: (event: ChatEvent) => void) {
    this.#archive = archive
    this.#mark = mark
    this.#speed = speed
    this.#show = show
  }

  /** Resolves at its end. */
  async play(streamId: string): Promise<void> {
    let shown = 0
    let before: number | null = null
    for (let cursor: string | null = null; !this.#ended && shown < MAX_REPLAYED; ) {
      const page = await this.#archive.page(streamId, PAGE, cursor, {})
      for (const event of page.items.filter(isShown)) {
        await this.#pause(before === null ? 0 : event.receivedAt - before)
        if (this.#ended || shown++ >= MAX_REPLAYED) return
        before = event.receivedAt
        this.#show(asNew(event, this.#mark))
      }
      if (page.next === null) return
      cursor = page.next
    }
  }

  end(): void {
    this.#ended = true
    clearTimeout(this.#timer)
    this.#wake?.()
  }

  #pause(ms: number): Promise<void> {
    const pause = Math.min(LONGEST_PAUSE_MS, Math.max(0, ms)) / this.#speed
    return new Promise((resolve) => {
      this.#wake = resolve
      this.#timer = setTimeout(resolve, pause)
    })
  }
}

type Shown = Extract<Archived, { kind: 'message' | 'notice' }>

/** What was said and still stands: what was taken away then does not come back here. */
function isShown(archived: Archived): archived is Shown {
  return (archived.kind === 'message' || archived.kind === 'notice') && !archived.removed && !archived.hidden
}

/** As if it came now. */
function asNew({ removed: _, releasedAt: __, ...event }: Shown, mark: string): ChatEvent {
  return { ...event, id: `${mark}${event.id}`, receivedAt: Date.now() }
}
