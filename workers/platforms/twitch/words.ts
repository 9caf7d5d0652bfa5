import type { Part } from '../../message.ts'
import { clean } from '../../text.ts'
import type { Cheers } from './cheers.ts'

/**
 * Running text into parts: mentions, links and cheers as whole words separated by white space, the rest as text.
 * What is pushed is cleaned; a part that has nothing left is left out.
 */
export function pushWords(parts: Part[], text: string, cheers?: Cheers): void {
  if (text === '') return
  if (cheers === undefined && !text.includes('@') && !text.includes('://')) pushText(parts, text)
  else pushEach(parts, text, cheers)
}

export function pushText(parts: Part[], text: string): void {
  const shown = clean(text)
  if (shown === '') return
  const last = parts.at(-1)
  if (last?.type === 'text') last.text += shown
  else parts.push({ type: 'text', text: shown })
}

export function joined(parts: readonly Part[]): string {
  if (parts.length === 1) return parts[0]?.text ?? ''
  let text = ''
  for (const part of parts) text += part.text
  return text
}

const WORD = /\S+/g

function pushEach(parts: Part[], text: string, cheers: Cheers | undefined): void {
  let plainFrom = 0
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const found = special(word, cheers)
    if (found === undefined) continue
    pushText(parts, text.slice(plainFrom, index))
    parts.push(found.part)
    plainFrom = index + found.length
  }
  pushText(parts, text.slice(plainFrom))
}

/** A part and how much of the word, in UTF-16 units, it stands for. */
interface Special {
  part: Part
  length: number
}

function special(word: string, cheers: Cheers | undefined): Special | undefined {
  if (word.startsWith('@')) return mention(word)
  if (word.includes('://')) return link(word)
  return cheers?.take(word)
}

const MENTION = /^@[\p{L}\p{N}_][\p{L}\p{N}\p{M}_]*/u

function mention(word: string): Special | undefined {
  const name = MENTION.exec(word)?.[0]
  if (name === undefined) return undefined
  return { part: { type: 'mention', text: clean(name) }, length: name.length }
}

const TRAILING = /[.,!?;:'"]+$/

function link(word: string): Special | undefined {
  if (!/^https?:\/\//i.test(word)) return undefined
  const address = word.replace(TRAILING, '')
  const text = clean(address)
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  if (url.username !== '' || url.password !== '') return undefined
  return { part: { type: 'link', text, url: url.href }, length: address.length }
}
