import { fetchText, OutsideError } from '../../fetching.ts'
import type { Ground } from '../platform.ts'
import { NeedsPerson, RARELY_MS } from './hindrance.ts'
import { type ChatPage, chatPage, type LivePage, livePage, videoIdOf } from './page.ts'
import type { Rest } from './rest.ts'
import type { Turns } from './turns.ts'
import { within } from './within.ts'

/** YouTube's own pages, as a browser gets them. */

/** A browser's: other clients get a page without content. `SOCS` answers the question for consent that Europeans are asked. */
const HEADERS = {
  accept: 'text/html,application/xhtml+xml',
  'accept-language': 'en',
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/127.0.0.0 Safari/537.36',
  cookie: 'SOCS=CAI',
}

export interface WebParts {
  ground: Ground
  rest: Rest
  turns: Turns
}

export class Web {
  readonly #parts: WebParts

  constructor(parts: WebParts) {
    this.#parts = parts
  }

  /** What a channel, `UC…` or `@handle`, broadcasts. Throws OutsideError where the page cannot be read. */
  async live(name: string): Promise<LivePage> {
    const path = name.startsWith('@') ? `/${encodeURI(name)}/live` : `/channel/${name}/live`
    const { status, text, location } = await this.#page(path)
    if (status === 404) throw this.#absent(name)
    const video = videoIdOf(/[?&]v=([\w-]+)/.exec(location)?.[1])
    if (video !== undefined) return { video, live: undefined, title: undefined, channel: {} }
    const page = status === 200 ? livePage(text) : null
    if (page !== null) return page
    throw new OutsideError(`The channel’s page cannot be read: YouTube answered ${status}.`, status)
  }

  /** The page of a video's chat; null where it has none that goes on. Throws OutsideError where it cannot be read. */
  async chat(video: string): Promise<ChatPage | null> {
    const { status, text } = await this.#page(`/live_chat?is_popout=1&v=${video}`)
    const page = status === 200 ? chatPage(text) : undefined
    if (page !== undefined) return page
    throw new OutsideError(`The chat’s page cannot be read: YouTube answered ${status}.`, status)
  }

  /** YouTube may not know a channel for a moment. */
  #absent(name: string): NeedsPerson {
    const pause = this.#parts.ground.ms(RARELY_MS)
    return new NeedsPerson(`YouTube has no channel ${name}. Check how it is written.`, pause)
  }

  async #page(path: string): Promise<{ status: number; text: string; location: string }> {
    const { ground, rest, turns } = this.#parts
    await turns.turn()
    const asked = { headers: HEADERS, within: within(ground) }
    const { status, text, headers } = await rest.during((signal) =>
      fetchText(`${ground.settings.youtubeWebUrl}${path}`, { ...asked, signal }),
    )
    return { status, text, location: headers.get('location') ?? '' }
  }
}
