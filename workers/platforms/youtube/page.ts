import { type Foreign, filled, isObject, list, shaped } from '../../foreign.ts'
import { cleanName } from '../../text.ts'
import { pictureUrl } from './images.ts'

/** What YouTube's own pages hold: undocumented, read as far as it is there. */

/** What is known of a channel. */
export interface Channel {
  id?: string | undefined
  title?: string | undefined
  avatar?: string | undefined
}

/** The page of what a channel broadcasts; without a broadcast it is the page of the channel. */
export interface LivePage {
  /** The video that the page shows; null = it is the channel's own page. */
  video: string | null
  /** What the page says of it; undefined where it does not say. */
  live: boolean | undefined
  title: string | undefined
  channel: Channel
}

/** The page of a chat. */
export interface ChatPage {
  /** The chat as it began, for what was written before. */
  initial: string
  /** Where to go on: with what YouTube thinks is best, and with everything. */
  top: string | undefined
  all: string | undefined
}

const CANONICAL = /<link[^>]{0,200}rel="canonical"[^>]{0,200}>/
const LINK = /href="([^"]{1,300})"/

/** Null where it is neither the page of a channel nor of a video. */
export function livePage(html: string): LivePage | null {
  const canonical = LINK.exec(CANONICAL.exec(html)?.[0] ?? '')?.[1] ?? ''
  const video = videoIdOf(/[?&]v=([\w-]+)/.exec(canonical)?.[1]) ?? (canonical === '' ? playedVideo(html) : undefined)
  const channel = channelOf(html, canonical, video !== undefined)
  if (video === undefined && channel.id === undefined) return null
  return { video: video ?? null, live: liveness(html), title: video && jsonText(html, 'title'), channel }
}

export function channelIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^UC[\w-]{22}$/.test(value) ? value : undefined
}

export function videoIdOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[\w-]{11}$/.test(value) ? value : undefined
}

function playedVideo(html: string): string | undefined {
  return videoIdOf(/"videoDetails":\{"videoId":"([\w-]{11})"/.exec(html)?.[1])
}

function liveness(html: string): boolean | undefined {
  if (/"isLiveNow":\s*true/.test(html)) return true
  return /"isLiveNow":\s*false|"isUpcoming":\s*true/.test(html) ? false : undefined
}

function channelOf(html: string, canonical: string, ofVideo: boolean): Channel {
  const id = /\/channel\/(UC[\w-]{22})/.exec(canonical)?.[1] ?? idIn(html)
  const title = ofVideo ? jsonText(html, 'author') : metaOf(html, 'og:title')
  const owner = /"videoOwnerRenderer":\{"thumbnail":\{"thumbnails":\[\{"url":("[^"]+")/.exec(html)?.[1]
  const avatar = ofVideo ? unquoted(owner) : metaOf(html, 'og:image')
  return { id: channelIdOf(id), title: title && cleanName(title), avatar: pictureUrl(avatar) }
}

function idIn(html: string): string | undefined {
  return /"(?:channelId|externalChannelId|externalId)":"(UC[\w-]{22})"/.exec(html)?.[1]
}

/** A text of the player's details of the video. */
function jsonText(html: string, name: 'title' | 'author'): string | undefined {
  const details = html.indexOf('"videoDetails":{')
  if (details < 0) return undefined
  const near = html.slice(details, details + DETAILS_CHARACTERS)
  return filled(unquoted(new RegExp(`"${name}":("(?:[^"\\\\]|\\\\.)*")`).exec(near)?.[1]))
}
/** The description stands in between and may have 5,000 characters, each written as six. */
const DETAILS_CHARACTERS = 40_000

function unquoted(json: string | undefined): string | undefined {
  try {
    return json === undefined ? undefined : filled(JSON.parse(json))
  } catch {
    return undefined
  }
}

function metaOf(html: string, property: string): string | undefined {
  const [tag = ''] = new RegExp(`<meta[^>]{0,50}property="${property}"[^>]{0,2000}>`).exec(html) ?? []
  return filled(
    /content="([^"]*)"/.exec(tag)?.[1]?.replace(/&(#39|quot|lt|gt|amp);/g, (sign) => ENTITIES[sign] ?? sign),
  )
}
const ENTITIES: Readonly<Record<string, string>> = {
  '&#39;': "'",
  '&quot;': '"',
  '&lt;': '<',
  '&gt;': '>',
  '&amp;': '&',
}

type Initial = Foreign<'contents'>
type Contents = Foreign<'liveChatRenderer'>
type Chat = Foreign<'continuations' | 'header'>
type Header = Foreign<'liveChatHeaderRenderer'>
type HeaderRenderer = Foreign<'viewSelector'>
type Selector = Foreign<'sortFilterSubMenuRenderer'>
type Menu = Foreign<'subMenuItems'>
type MenuItem = Foreign<'continuation'>

/**
 * Null where the page holds no chat that goes on: it has not begun, is over, or is turned off. Undefined where it is another page, as one
 * that asks whether a person reads it.
 */
export function chatPage(html: string): ChatPage | null | undefined {
  const initial = initialData(html)
  if (initial === undefined) return undefined
  const { liveChatRenderer } = shaped<Contents>(shaped<Initial>(initial).contents)
  if (!isObject(liveChatRenderer)) return null
  const { continuations, header } = shaped<Chat>(liveChatRenderer)
  const [top] = list(continuations)
  const all = menuOf(header).at(-1)
  const ways = { top: continuationOf(top)?.token, all: continuationOf(shaped<MenuItem>(all).continuation)?.token }
  if (ways.top === undefined && ways.all === undefined) return null
  return { initial: JSON.stringify({ contents: { liveChatRenderer } }), ...ways }
}

/** The two ways of sorting the chat: the better part of it, and all. */
function menuOf(header: unknown): readonly unknown[] {
  const { viewSelector } = shaped<HeaderRenderer>(shaped<Header>(header).liveChatHeaderRenderer)
  return list(shaped<Menu>(shaped<Selector>(viewSelector).sortFilterSubMenuRenderer).subMenuItems)
}

function initialData(html: string): unknown {
  const name = html.search(/ytInitialData"?\]?\s*=\s*\{/)
  const start = html.indexOf('{', name)
  // Inside of the JSON this sign is written as an escape.
  const end = html.indexOf('</script', start)
  const json = name < 0 ? '' : html.slice(start, html.lastIndexOf('}', end < 0 ? undefined : end) + 1)
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

export interface ContinuationView {
  token: string
  /** How long to wait before it is asked for, ms. */
  timeoutMs: number | undefined
}

const GOES_ON = ['invalidationContinuationData', 'timedContinuationData', 'reloadContinuationData']

/** How a chat goes on; undefined where it does not, as in the replay of one that is over. */
export function continuationOf(value: unknown): ContinuationView | undefined {
  for (const name of GOES_ON) {
    const { continuation, timeoutMs } = shaped<Foreign<'continuation' | 'timeoutMs'>>(shaped<Foreign>(value)[name])
    const token = filled(continuation)
    if (token !== undefined) return { token, timeoutMs: typeof timeoutMs === 'number' ? timeoutMs : undefined }
  }
  return undefined
}
