import type { Archived, Gap } from '../../stores/archive.ts'
import type { Stream } from '../../stores/streams.ts'

/** A form in which a transcript can be saved. */
export interface Format {
  type: string
  /** Of the file's name, without the dot. */
  ending: string
  /** A writer for one file; what it gives, in order, is the file. */
  open(subject: Subject, options: FormatOptions): Writer
}
/** What a file is about. */
export type Subject = Pick<Stream, 'title' | 'startedAt'>
export interface FormatOptions {
  /** Milliseconds added to the times of subtitles. */
  offset: number
}
export interface Writer {
  head(): string
  row(entry: Archived): string
  tail(): string
}

/** One archived entry in words, for the formats that people read. */
export interface Line {
  /** Milliseconds, our clock. */
  at: number
  platform: string
  name: string
  text: string
  action: boolean
}

/** What a person saw of an entry; null for what had no line of its own. */
export function lineOf(entry: Archived): Line | null {
  if (entry.kind === 'message') {
    const { receivedAt: at, platform, author, text } = entry
    return { at, platform, name: author.name, text: oneLine(text), action: entry.action === true }
  }
  if (entry.kind === 'notice') {
    const own = entry.parts?.map((part) => part.text).join('') ?? ''
    const text = oneLine(own === '' ? entry.text : `${entry.text} ${own}`)
    return { at: entry.receivedAt, platform: entry.platform, name: '', text, action: false }
  }
  if (entry.kind !== 'gap') return null
  return { at: entry.at, platform: entry.platform ?? '', name: '', text: gapText(entry), action: false }
}

/** What is missing, as a sentence. */
function gapText({ count, reason }: Gap): string {
  return count === 0 ? `${reason}.` : `${count} messages could not be kept.`
}

/** True for what a moderator or a rule took off the air. */
export function wasTakenOff(entry: Archived): boolean {
  return entry.kind !== 'gap' && (entry.removed !== undefined || entry.hidden !== undefined)
}

/** `2026-01-31 20:15:03`, UTC. */
export function clock(at: number): string {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
