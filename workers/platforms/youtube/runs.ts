import { filled, hash, isObject, list, shaped } from '../../foreign.ts'
import type { Part } from '../../message.ts'
import { cleanName } from '../../text.ts'
import { line, MAX_ADDRESS } from '../../words.ts'
import { sentence } from './events.ts'
import { picture } from './images.ts'
import type { Emoji, Endpoint, Run, Text, UrlEndpoint } from './payload.ts'

/** Runs read of one text. */
export const MAX_RUNS = 250

const EMOTE_ID = /^[A-Za-z0-9_-]{1,64}$/

/** A person's words as parts; nothing where the text is neither a string nor a row of runs. */
export function parts(text: unknown): Part[] | undefined {
  const found = pieces(text)
  return found && line(found)
}

/** A text as one plain line, its emoji by their names; '' where there is none. */
export function plain(text: unknown): string {
  const found = pieces(text) ?? []
  return sentence(found.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join(''))
}

function pieces(value: unknown): (string | Part)[] | undefined {
  const text = shaped<Text>(value)
  if (Array.isArray(text.runs)) return list(text.runs).slice(0, MAX_RUNS).map(piece)
  const whole = typeof text.simpleText === 'string' ? text.simpleText : text.content
  return typeof whole === 'string' ? [whole] : undefined
}

function piece(value: unknown): string | Part {
  const run = shaped<Run>(value)
  if (isObject(run.emoji)) return emoji(shaped<Emoji>(run.emoji))
  const text = typeof run.text === 'string' ? run.text : ''
  return link(text, run) ?? text
}

/** Long addresses are shown cut short ("https://…"); the whole one stands in the endpoint. */
function link(text: string, run: Run): Part | undefined {
  const endpoint = shaped<UrlEndpoint>(shaped<Endpoint>(run.navigationEndpoint).urlEndpoint)
  const url = destination(endpoint.url)
  const shown = sentence(text)
  return url === undefined || shown === '' || shown !== text ? undefined : { type: 'link', text, url }
}

/** `/redirect?…&q=<address>` is YouTube's way round to another site. */
function destination(value: unknown): string | undefined {
  if (typeof value !== 'string' || !URL.canParse(value, 'https://www.youtube.com')) return undefined
  const url = new URL(value, 'https://www.youtube.com')
  const target = url.pathname === '/redirect' ? (url.searchParams.get('q') ?? '') : url.href
  if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return undefined
  const { href } = new URL(target)
  return href.length > MAX_ADDRESS ? undefined : href
}

function emoji(emoji: Emoji): string | Part {
  const id = filled(emoji.emojiId) ?? ''
  const name = emojiName(emoji)
  if (emoji.isCustomEmoji !== true && id !== '' && !id.includes('/')) return id
  const url = picture(emoji.image)
  if (url === undefined) return name
  const last = id.split('/').at(-1) ?? ''
  return { type: 'emote', text: name, id: EMOTE_ID.test(last) ? last : hash(id), provider: 'youtube', url }
}

function emojiName(emoji: Emoji): string {
  return cleanName(filled(list(emoji.shortcuts)[0]) ?? '', ':emoji:')
}
