import { fetchJson, OutsideError } from '../../fetching.ts'
import { filled, idOf, list, shaped, whole } from '../../foreign.ts'
import { safeUrl } from '../../text.ts'
import type { FindPictures, Ground } from '../platform.ts'
import { platformId } from './ids.ts'

/** Pictures of badges, which Twitch gives only to an application with credentials of its own. */

const HOSTS = ['static-cdn.jtvnw.net']
/** Badges kept of one answer; Twitch has some 1,000 of its own. */
export const MAX_PICTURES = 10_000
/** A token is renewed so long before it ends, ms. */
const EARLY_MS = 60_000

type Token = { readonly [key in 'access_token' | 'expires_in']?: unknown }
type BadgeSet = { readonly [key in 'set_id' | 'versions']?: unknown }
type Version = { readonly [key in 'id' | 'image_url_2x']?: unknown }

/** Null without credentials: badges are then drawn. */
export function pictures(ground: Ground): FindPictures | null {
  const { twitchClientId = '', twitchClientSecret = '' } = ground.settings
  if (twitchClientId === '' || twitchClientSecret === '') return null
  const badges = new Badges(ground, { client_id: twitchClientId, client_secret: twitchClientSecret })
  return (channel, signal) => badges.find(channel, signal)
}

class Badges {
  readonly #ground: Ground
  readonly #client: { client_id: string; client_secret: string }
  #token: { text: string; until: number } | null = null

  constructor(ground: Ground, client: { client_id: string; client_secret: string }) {
    this.#ground = ground
    this.#client = client
  }

  async find(channel: string | null, signal: AbortSignal): Promise<ReadonlyMap<string, string>> {
    const { twitchApiUrl } = this.#ground.settings
    const path = channel === null ? '/global' : `?broadcaster_id=${encodeURIComponent(channel)}`
    const headers = { authorization: `Bearer ${await this.#access(signal)}`, 'client-id': this.#client.client_id }
    try {
      return readBadges(await fetchJson(`${twitchApiUrl}/chat/badges${path}`, { headers, signal }))
    } catch (error) {
      // Withdrawn before its time: the next try gets another one.
      if (error instanceof OutsideError && error.status === 401) this.#token = null
      throw error
    }
  }

  async #access(signal: AbortSignal): Promise<string> {
    const now = this.#ground.steady()
    if (this.#token !== null && now < this.#token.until) return this.#token.text
    const form = { ...this.#client, grant_type: 'client_credentials' }
    const answer = await fetchJson(this.#ground.settings.twitchAuthUrl ?? '', { method: 'POST', form, signal })
    const { access_token, expires_in } = shaped<Token>(answer)
    const text = filled(access_token)
    if (text === undefined) throw new OutsideError('Twitch gave no token for the application.', 200)
    this.#token = { text, until: now + (whole(expires_in) ?? 0) * 1_000 - EARLY_MS }
    return text
  }
}

/** `set/version` → address; what is not of that shape is left out. */
function readBadges(answer: unknown): Map<string, string> {
  const found = new Map<string, string>()
  for (const value of list(shaped<{ data?: unknown }>(answer).data)) {
    const { set_id, versions } = shaped<BadgeSet>(value)
    for (const version of list(versions)) {
      const { id, image_url_2x } = shaped<Version>(version)
      const [set, own, url] = [idOf(set_id), idOf(id), safeUrl(image_url_2x, HOSTS)]
      if (set === undefined || own === undefined || url === undefined) continue
      if (found.size < MAX_PICTURES) found.set(platformId(`${set}/${own}`), url)
    }
  }
  return found
}
