import { fetchText, OutsideError, parsed } from '../../fetching.ts'
import { type Foreign, filled, instant, list, shaped } from '../../foreign.ts'
import { cleanName } from '../../text.ts'
import type { Ears, Ground } from '../platform.ts'
import { Refused } from './hindrance.ts'
import { pictureUrl } from './images.ts'
import { type Channel, channelIdOf, videoIdOf } from './page.ts'
import { LOOK_UP_COST, type Quota } from './quota.ts'
import { errorIn, refusal } from './refusal.ts'
import type { Rest } from './rest.ts'
import type { Turns } from './turns.ts'
import { within } from './within.ts'

/** The official API with one key, for one source: every call is counted, and none is made while the quota is known to be used up. */

/** Messages of one page; the most that the API gives. */
const PAGE_SIZE = 2_000
/** Pixels; the overlay shows pictures of people small. */
const AVATAR_SIZE = 88

type Items = Foreign<'items'>
type Video = Foreign<'snippet' | 'liveStreamingDetails'>
type VideoSnippet = Foreign<'title' | 'channelId' | 'channelTitle' | 'liveBroadcastContent'>
type LiveDetails = Foreign<'activeLiveChatId' | 'actualStartTime' | 'actualEndTime'>
type Found = Foreign<'id' | 'snippet'>
type ChannelSnippet = Foreign<'title' | 'thumbnails'>

/** What the API knows of a video that is, was or will be a broadcast. */
export interface VideoView {
  state: 'live' | 'upcoming' | 'over'
  chat: string | undefined
  title: string | undefined
  startedAt: number | undefined
  channel: Channel
}

export interface ApiParts {
  ground: Ground
  key: string
  quota: Quota
  rest: Rest
  turns: Turns
  ears: Ears
}

export class Api {
  readonly #parts: ApiParts

  constructor(parts: ApiParts) {
    this.#parts = parts
  }

  /** Null where there is no such video, or none that may be seen. */
  async video(id: string): Promise<VideoView | null> {
    const [video] = await this.#items('videos', { part: 'snippet,liveStreamingDetails', id }, LOOK_UP_COST)
    return video === undefined ? null : viewOf(shaped<Video>(video))
  }

  /** A channel by its handle; null where there is none. */
  async channel(handle: string): Promise<Channel | null> {
    const [found] = await this.#items('channels', { part: 'snippet', forHandle: handle }, LOOK_UP_COST)
    if (found === undefined) return null
    const { id, snippet } = shaped<Found>(found)
    const { title, thumbnails } = shaped<ChannelSnippet>(snippet)
    const sizes = shaped<Foreign<'default'>>(thumbnails)
    const avatar = pictureUrl(shaped<Foreign<'url'>>(sizes.default).url)
    return { id: channelIdOf(id), title: named(title), avatar }
  }

  /** The video that a channel broadcasts, by the expensive way; null where it does not, undefined where no search is left today. */
  async search(channelId: string): Promise<string | null | undefined> {
    if (!this.#parts.quota.search()) return undefined
    const query = { part: 'id', channelId, eventType: 'live', type: 'video', maxResults: '1' }
    const [found] = await this.#items('search', query, 0)
    return videoIdOf(shaped<Foreign<'videoId'>>(shaped<Found>(found).id).videoId) ?? null
  }

  /** One page of a chat, as its text. It needs no turn: the quota alone spreads what is asked regularly. */
  async messages(chat: string, pageToken: string | undefined): Promise<string> {
    this.#spend(this.#parts.quota.listCost)
    return this.#ask('liveChat/messages', chatQuery(chat, pageToken))
  }

  /** Where a chat is written bit by bit. Whoever opens it has it counted by `count`. */
  streamUrl(chat: string, pageToken: string | undefined): string {
    const { settings } = this.#parts.ground
    return `${settings.youtubeStreamUrl}?${new URLSearchParams({ ...chatQuery(chat, pageToken), key: this.#parts.key })}`
  }

  /** Waits for this call's turn, and counts it. Throws Refused while the quota is known to be used up. */
  async count(units: number): Promise<void> {
    await this.#parts.turns.turn()
    this.#spend(units)
  }

  #spend(units: number): void {
    const { quota, rest, ears } = this.#parts
    rest.check()
    if (quota.closedFor > 0) throw new Refused('quota', 'The quota of the API key is used up for today.', 403)
    quota.spend(units)
    ears.quota(quota.report)
  }

  async #items(path: string, query: Record<string, string>, units: number): Promise<readonly unknown[]> {
    await this.count(units)
    const text = await this.#ask(path, query)
    return list(shaped<Items>(parsed(text, hostOf(this.#parts.ground))).items)
  }

  async #ask(path: string, query: Record<string, string>): Promise<string> {
    const { ground, key, rest } = this.#parts
    const url = `${ground.settings.youtubeApiUrl}/${path}?${new URLSearchParams({ ...query, key })}`
    const { status, text } = await rest.during((signal) => fetchText(url, { signal, within: within(ground) }))
    if (status < 200 || status > 299) throw refused(text, status, hostOf(ground))
    return text
  }
}

/** The error that an answer with another status than 2xx stands for. */
export function refused(text: string, status: number, host: string): Error {
  try {
    return refusal(errorIn(parsed(text, host, status)), status, host)
  } catch (error) {
    // Without a reason a refusal says nothing of the key: some machine in between may have answered.
    if (error instanceof OutsideError) return new OutsideError(`${host} answered ${status}.`, status, error)
    throw error
  }
}

function chatQuery(chat: string, pageToken: string | undefined): Record<string, string> {
  return {
    liveChatId: chat,
    part: 'id,snippet,authorDetails',
    maxResults: String(PAGE_SIZE),
    profileImageSize: String(AVATAR_SIZE),
    ...(pageToken !== undefined && { pageToken }),
  }
}

function viewOf(video: Video): VideoView {
  const { title, channelId, channelTitle, liveBroadcastContent } = shaped<VideoSnippet>(video.snippet)
  const { activeLiveChatId, actualStartTime, actualEndTime } = shaped<LiveDetails>(video.liveStreamingDetails)
  const chat = filled(activeLiveChatId)
  const over = filled(actualEndTime) !== undefined || (chat === undefined && liveBroadcastContent === 'none')
  return {
    state: over ? 'over' : liveBroadcastContent === 'upcoming' ? 'upcoming' : 'live',
    chat,
    title: named(title),
    startedAt: instant(actualStartTime),
    channel: { id: channelIdOf(channelId), title: named(channelTitle) },
  }
}

function named(title: unknown): string | undefined {
  const text = filled(title)
  return text && cleanName(text)
}

function hostOf({ settings }: Ground): string {
  const url = settings.youtubeApiUrl ?? ''
  return URL.canParse(url) ? new URL(url).host : 'The API'
}
